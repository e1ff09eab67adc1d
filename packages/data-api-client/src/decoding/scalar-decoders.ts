import type { DecodingOptions } from './decoding-options.js';
import { exactInteger, fieldText, textual, type ValueDecoder } from './value-decoder.js';

/** Text of any kind, as it is. */
export const string: ValueDecoder = {
  text: (text) => text,
  field: (field) => field.stringValue ?? fieldText(field),
};

/** Integers of at most 53 bits, and floating-point numbers. */
export const number: ValueDecoder = {
  text: (text) => toNumber(text),
  field: (field) => {
    if (typeof field.longValue === 'number') return field.longValue;
    // NaN and the infinities are strings in JSON.
    if (field.doubleValue !== undefined) return Number(field.doubleValue);
    return toNumber(fieldText(field));
  },
};

function toNumber(text: string): number {
  const value = Number(text);
  if (Number.isNaN(value) && text !== 'NaN') throw new RangeError(`${JSON.stringify(text)} is not a number.`);
  return value;
}

export const boolean: ValueDecoder = {
  text: toBoolean,
  field: (field) => {
    if (field.booleanValue !== undefined) return field.booleanValue;
    if (field.longValue !== undefined) return Number(field.longValue) !== 0;
    return toBoolean(fieldText(field));
  },
};

function toBoolean(text: string): boolean {
  if (text === 'true' || text === 't' || text === '1') return true;
  if (text === 'false' || text === 'f' || text === '0') return false;
  throw new RangeError(`${JSON.stringify(text)} is not a boolean.`);
}

/** 64-bit integers. */
export function int64(form: NonNullable<DecodingOptions['int8']>): ValueDecoder {
  if (form === 'string') {
    return { text: (text) => text, field: (field) => field.stringValue ?? (field.longValue === undefined ? fieldText(field) : String(exactInteger(field.longValue))) };
  }
  if (form === 'bigint') {
    return { text: (text) => BigInt(text), field: (field) => BigInt(field.stringValue ?? (field.longValue === undefined ? fieldText(field) : exactInteger(field.longValue))) };
  }
  const safe = (value: number): number => {
    if (!Number.isSafeInteger(value)) throw new RangeError('The value is above 2^53 and has no exact number: choose int8 bigint or string.');
    return value;
  };
  return { text: (text) => safe(Number(text)), field: (field) => safe(Number(field.stringValue ?? (field.longValue === undefined ? fieldText(field) : exactInteger(field.longValue)))) };
}

export function decimal(form: NonNullable<DecodingOptions['numeric']>): ValueDecoder {
  if (form === 'string') return string;
  if (form === 'number') return number;
  return textual(form);
}

export function json(form: NonNullable<DecodingOptions['json']>): ValueDecoder {
  return form === 'string' ? string : textual((text) => JSON.parse(text) as unknown);
}

/** Bytes: base64 in a field, `\x..` in the text form of an array's element. */
export const bytes: ValueDecoder = {
  text: (text) => (text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'base64')),
  field: (field) => {
    if (typeof field.blobValue === 'string') return Buffer.from(field.blobValue, 'base64');
    if (field.blobValue === undefined) return bytes.text(fieldText(field));
    return Buffer.from(field.blobValue.buffer, field.blobValue.byteOffset, field.blobValue.byteLength);
  },
};
