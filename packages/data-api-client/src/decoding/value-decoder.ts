import type { WireArray, WireField } from '../transport/wire.js';

/** Decodes the values of one type, from each form in which the service may give one. NULL has been dealt with before. */
export interface ValueDecoder {
  /** A string field, an element of an array, a bound of a range, an integer beyond 2^53. */
  readonly text: (text: string) => unknown;
  readonly number: (value: number) => unknown;
  readonly boolean: (value: boolean) => unknown;
  /** Bytes, or their base64 text. */
  readonly blob: (value: string | Uint8Array) => unknown;
  readonly array: (value: WireArray) => unknown;
}

/** A decoder from what it says itself; other forms are turned into text first. */
export function decoderOf(forms: Pick<ValueDecoder, 'text'> & Partial<ValueDecoder>): ValueDecoder {
  const { text } = forms;
  return {
    text,
    number: forms.number ?? ((value) => text(String(value))),
    boolean: forms.boolean ?? ((value) => text(String(value))),
    blob: forms.blob ?? ((value) => text(typeof value === 'string' ? value : Buffer.from(value).toString('base64'))),
    array: forms.array ?? (() => {
      throw new TypeError('The field holds an array.');
    }),
  };
}

/** Decodes a field that `JSON.parse`, or the SDK, has made. */
export function decodeField(field: WireField, decoder: ValueDecoder): unknown {
  if (field.isNull === true) return null;
  if (field.stringValue !== undefined) return decoder.text(field.stringValue);
  if (field.longValue !== undefined) return decodeLong(field.longValue, decoder);
  if (field.doubleValue !== undefined) return typeof field.doubleValue === 'number' ? decoder.number(field.doubleValue) : decoder.text(field.doubleValue);
  if (field.booleanValue !== undefined) return decoder.boolean(field.booleanValue);
  if (field.blobValue !== undefined) return decoder.blob(field.blobValue);
  if (field.arrayValue !== undefined) return decoder.array(field.arrayValue);
  throw new TypeError('The field holds no value.');
}

/** A JSON number above 2^53 has already lost digits, so it is refused. */
export function decodeLong(value: number | bigint | string, decoder: ValueDecoder): unknown {
  if (typeof value !== 'number') return decoder.text(value.toString());
  if (!Number.isSafeInteger(value)) throw new InexactIntegerError();
  return decoder.number(value);
}

/** A 64-bit integer came as a JSON number and was rounded when it was parsed. */
export class InexactIntegerError extends RangeError {
  constructor() {
    super('The value is above 2^53 and was rounded on its way: cast it to text in the statement.');
  }
}
