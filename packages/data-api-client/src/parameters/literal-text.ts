import { ParameterError } from '../errors/parameter-error.js';
import { temporalKind } from './parameter-value.js';
import { RangeValue } from './range-value.js';
import { TypedValue } from './typed-value.js';
import { wellFormed } from './well-formed.js';

const jsonTypes: ReadonlySet<string> = new Set(['json', 'jsonb']);
const listTypes: ReadonlySet<string> = new Set(['vector', 'halfvec']);

/**
 * The text form in which PostgreSQL reads a value of the named type; null stays null.
 *
 * @throws ParameterError for a value that the type cannot hold.
 */
export function literalText(value: unknown, type: string): string | null {
  if (TypedValue.isInstance(value)) return literalText(value.value, type);
  if (jsonTypes.has(type)) return value === null ? null : jsonText(value);
  if (value === null) return null;
  if (RangeValue.isInstance(value)) return rangeText(value, type);
  if (Array.isArray(value)) return listTypes.has(type) ? `[${value.map((item) => plainText(item, type)).join(',')}]` : arrayText(value, type);
  return plainText(value, type);
}

/** `{1,NULL,"a b"}`: every element is quoted unless it is NULL, so that no content can be mistaken for syntax. */
export function arrayText(values: readonly unknown[], elementType: string): string {
  const elements = values.map((element) => {
    const value: unknown = TypedValue.isInstance(element) ? element.value : element;
    if (Array.isArray(value) && !listTypes.has(elementType) && !jsonTypes.has(elementType)) return arrayText(value, elementType);
    const text = literalText(value, elementType);
    return text === null ? 'NULL' : quoted(text);
  });
  return `{${elements.join(',')}}`;
}

function rangeText(range: RangeValue, type: string): string {
  if (range.empty) return 'empty';
  const bound = (value: unknown): string => {
    const text = value === null ? null : plainText(value, boundType(type));
    return text === null ? '' : quoted(text);
  };
  return `${range.lowerInclusive ? '[' : '('}${bound(range.lower)},${bound(range.upper)}${range.upperInclusive ? ']' : ')'}`;
}

function boundType(rangeType: string): string {
  return new Map([['daterange', 'date'], ['tsrange', 'timestamp'], ['tstzrange', 'timestamptz']]).get(rangeType) ?? '';
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/gu, String.raw`\$&`)}"`;
}

function plainText(value: unknown, type: string): string {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'bigint':
      return value.toString();
    case 'number':
      return numberText(value);
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Date) return dateText(value, type);
      if (value instanceof Uint8Array) return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
      if (temporalKind(value) !== undefined) return temporalText(value);
      return jsonText(value);
    default:
      throw new ParameterError(`A ${typeof value} cannot be a value of type ${type}.`);
  }
}

export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A Date in UTC, cut to what the type holds; for `timestamptz` with its offset. */
export function dateText(value: Date, type: string): string {
  if (Number.isNaN(value.getTime())) throw new ParameterError('An invalid Date cannot be sent.');
  const year = value.getUTCFullYear();
  const [, rest = ''] = /^[+-]?\d+-(.*)Z$/u.exec(value.toISOString()) ?? [];
  const [monthDay = '', time = ''] = rest.split('T');
  const yearText = String(year > 0 ? year : 1 - year).padStart(4, '0');
  const era = year > 0 ? '' : ' BC';
  if (type === 'date') return `${yearText}-${monthDay}${era}`;
  if (type === 'time') return time;
  return `${yearText}-${monthDay} ${time}${type === 'timestamp' ? '' : '+00'}${era}`;
}

function temporalText(value: object): string {
  if (temporalKind(value) !== 'ZonedDateTime') return String(value);
  // The text of a zoned time ends in `[Europe/Berlin]`, which PostgreSQL does not read; its instant is the same time.
  const { toInstant } = value as { toInstant?: () => unknown };
  return toInstant === undefined ? String(value).replace(/\[.*$/u, '') : String(toInstant.call(value));
}

function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') throw new ParameterError('JSON has no bigint: give it as a string, or as a number if that is exact.');
    return item;
  });
  if (text === undefined) throw new ParameterError('The value has no JSON form.');
  return wellFormed(text);
}
