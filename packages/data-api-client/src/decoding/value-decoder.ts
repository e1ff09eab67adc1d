import type { WireField } from '../transport/wire.js';

/** Decodes one field of one column. Fields that are NULL have been dealt with before. */
export type FieldDecoder = (field: WireField) => unknown;

/** Decodes the text form of one value: an element of an array, a bound of a range, a field that came as a string. */
export type TextDecoder = (text: string) => unknown;

/** A type's decoder in both forms in which the service may give a value. */
export interface ValueDecoder {
  readonly field: FieldDecoder;
  readonly text: TextDecoder;
}

/** A decoder for a type that always comes as a string. */
export function textual(decode: TextDecoder): ValueDecoder {
  return { text: decode, field: (field) => decode(fieldText(field)) };
}

/** The value of a field as text, whatever its form. */
export function fieldText(field: WireField): string {
  if (field.stringValue !== undefined) return field.stringValue;
  if (field.longValue !== undefined) return String(exactInteger(field.longValue));
  if (field.doubleValue !== undefined) return String(field.doubleValue);
  if (field.booleanValue !== undefined) return String(field.booleanValue);
  if (field.blobValue !== undefined) return typeof field.blobValue === 'string' ? field.blobValue : Buffer.from(field.blobValue).toString('base64');
  throw new TypeError('The field holds no scalar value.');
}

/** A 64-bit integer came as a JSON number and was rounded when it was parsed. */
export class InexactIntegerError extends RangeError {
  constructor() {
    super('The value is above 2^53 and was rounded on its way: cast it to text in the statement.');
  }
}

/** A JSON number above 2^53 has already lost digits, so it is refused. */
export function exactInteger<T extends number | bigint | string>(value: T): T {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new InexactIntegerError();
  return value;
}
