import { decoderOf } from './value-decoder.js';

/** Values of auto-increment columns, which come without a type: numbers stay numbers. */
export const generatedKey = decoderOf({ text: (text) => text, number: (value) => value, boolean: (value) => value });
