import type { WireArray } from '../transport/wire.js';
import { parseArrayText } from './parse-array-text.js';
import { fieldText, type ValueDecoder } from './value-decoder.js';

/** Arrays of one element type: the wire's typed lists, nested to any depth, or PostgreSQL's text form. */
export function arrayOf(element: ValueDecoder): ValueDecoder {
  const text = (source: string): unknown => parseArrayText(source, element.text);
  return {
    text,
    field: (field) => (field.arrayValue === undefined ? text(fieldText(field)) : decodeArray(field.arrayValue, element)),
  };
}

function decodeArray(array: WireArray, element: ValueDecoder): unknown[] {
  const each = <T>(items: readonly (T | null)[], decode: (item: T) => unknown): unknown[] => items.map((item) => (item === null ? null : decode(item)));
  if (array.stringValues !== undefined) return each(array.stringValues, element.text);
  if (array.longValues !== undefined) return each(array.longValues, (longValue) => element.field({ longValue }));
  if (array.doubleValues !== undefined) return each(array.doubleValues, (doubleValue) => element.field({ doubleValue }));
  if (array.booleanValues !== undefined) return each(array.booleanValues, (booleanValue) => element.field({ booleanValue }));
  if (array.arrayValues !== undefined) return each(array.arrayValues, (inner) => decodeArray(inner, element));
  return [];
}
