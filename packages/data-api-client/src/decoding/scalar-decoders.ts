import type { DecodingOptions } from './decoding-options.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** Text of any kind, as it is. */
export const string: ValueDecoder = decoderOf({ text: (text) => text });

/** Integers of at most 53 bits, and floating-point numbers. */
export const number: ValueDecoder = decoderOf({ text: toNumber, number: (value) => value });

function toNumber(text: string): number {
  const value = Number(text);
  if (Number.isNaN(value) && text !== 'NaN') throw new RangeError(`${JSON.stringify(text)} is not a number.`);
  return value;
}

export const boolean: ValueDecoder = decoderOf({ text: toBoolean, number: (value) => value !== 0, boolean: (value) => value });

function toBoolean(text: string): boolean {
  if (text === 'true' || text === 't' || text === '1') return true;
  if (text === 'false' || text === 'f' || text === '0') return false;
  throw new RangeError(`${JSON.stringify(text)} is not a boolean.`);
}

/** 64-bit integers. */
export function int64(form: NonNullable<DecodingOptions['int8']>): ValueDecoder {
  if (form === 'string') return string;
  if (form === 'bigint') return decoderOf({ text: BigInt, number: BigInt });
  const safe = (value: number): number => {
    if (!Number.isSafeInteger(value)) throw new RangeError('The value is above 2^53 and has no exact number: choose int8 bigint or string.');
    return value;
  };
  return decoderOf({ text: (text) => safe(Number(text)), number: safe });
}

export function decimal(form: NonNullable<DecodingOptions['numeric']>): ValueDecoder {
  if (form === 'string') return string;
  if (form === 'number') return number;
  return decoderOf({ text: form });
}

export function json(form: NonNullable<DecodingOptions['json']>): ValueDecoder {
  return form === 'string' ? string : decoderOf({ text: (text) => JSON.parse(text) as unknown });
}

/** Bytes: base64 in a field, `\x..` in the text form of an array's element. */
export const bytes: ValueDecoder = decoderOf({
  text: (text) => (text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'base64')),
  blob: (value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value.buffer, value.byteOffset, value.byteLength)),
});
