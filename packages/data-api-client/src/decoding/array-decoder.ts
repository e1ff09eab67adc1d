import type { WireArray } from '../transport/wire.js';
import { parseArrayText } from './parse-array-text.js';
import { decodeLong, decoderOf, type ValueDecoder } from './value-decoder.js';

/** Arrays of one element type: the wire's typed lists, nested to any depth, or PostgreSQL's text form. */
export function arrayOf(element: ValueDecoder): ValueDecoder {
  return decoderOf({
    text: (text) => parseArrayText(text, element.text),
    array: (array) => decodeArray(array, element),
  });
}

function decodeArray(array: WireArray, element: ValueDecoder): unknown[] {
  const each = <T>(items: readonly (T | null)[], decode: (item: T) => unknown): unknown[] => items.map((item) => (item === null ? null : decode(item)));
  if (array.stringValues !== undefined) return each(array.stringValues, element.text);
  if (array.longValues !== undefined) return each(array.longValues, (value) => decodeLong(value, element));
  if (array.doubleValues !== undefined) return each(array.doubleValues, (value) => (typeof value === 'number' ? element.number(value) : element.text(value)));
  if (array.booleanValues !== undefined) return each(array.booleanValues, element.boolean);
  if (array.arrayValues !== undefined) return each(array.arrayValues, (inner) => decodeArray(inner, element));
  return [];
}
