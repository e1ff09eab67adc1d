import { DecodeError } from '../errors/decode-error.js';
import type { WireResult } from '../transport/wire.js';
import { parseBody } from './parse-body.js';
import { quoteLongIntegers } from './quote-long-integers.js';
import { decodeField, decoderOf, InexactIntegerError } from './value-decoder.js';

/** What a statement changed. */
export interface Changes {
  readonly rowCount: number;
  /** Aurora MySQL: values of auto-increment columns. */
  readonly generatedValues: readonly unknown[];
}

/** Generated values come without a type: numbers stay numbers, those beyond 2^53 are text. */
const generated = decoderOf({ text: (text) => text, number: (value) => value, boolean: (value) => value });

export function decodeChangesBody(body: Buffer): Changes {
  const text = body.toString('utf8');
  try {
    return readChanges(parseBody(text));
  } catch (error) {
    if (error instanceof InexactIntegerError) return readChanges(parseBody(quoteLongIntegers(text)));
    throw error;
  }
}

export function decodeChanges(result: WireResult): Changes {
  try {
    return readChanges(result);
  } catch (error) {
    if (error instanceof InexactIntegerError) throw new DecodeError(error.message, { executed: 'yes', cause: error });
    throw error;
  }
}

function readChanges({ numberOfRecordsUpdated, generatedFields }: WireResult): Changes {
  return { rowCount: Number(numberOfRecordsUpdated ?? 0), generatedValues: (generatedFields ?? []).map((field) => decodeField(field, generated)) };
}
