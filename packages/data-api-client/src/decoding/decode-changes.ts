import { DecodeError } from '../errors/decode-error.js';
import type { WireField, WireResult, WireUpdates } from '../transport/wire.js';
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
  return readBody(body, readChanges);
}

export function decodeChanges(result: WireResult): Changes {
  return readParsed(result, readChanges);
}

/** The generated values of a batch, in the order of its sets. */
export function decodeUpdatesBody(body: Buffer): readonly unknown[] {
  return readBody(body, readUpdates);
}

export function decodeUpdates(result: WireUpdates): readonly unknown[] {
  return readParsed(result, readUpdates);
}

function readBody<T>(body: Buffer, read: (parsed: WireResult & WireUpdates) => T): T {
  const text = body.toString('utf8');
  try {
    return read(parseBody(text));
  } catch (error) {
    if (error instanceof InexactIntegerError) return read(parseBody(quoteLongIntegers(text)));
    throw error;
  }
}

function readParsed<P, T>(result: P, read: (parsed: P) => T): T {
  try {
    return read(result);
  } catch (error) {
    if (error instanceof InexactIntegerError) throw new DecodeError(error.message, { executed: 'yes', cause: error });
    throw error;
  }
}

function readChanges({ numberOfRecordsUpdated, generatedFields }: WireResult): Changes {
  return { rowCount: Number(numberOfRecordsUpdated ?? 0), generatedValues: readGenerated(generatedFields) };
}

function readUpdates({ updateResults }: WireUpdates): readonly unknown[] {
  return (updateResults ?? []).flatMap(({ generatedFields }) => readGenerated(generatedFields));
}

function readGenerated(fields: readonly WireField[] | undefined): readonly unknown[] {
  return (fields ?? []).map((field) => decodeField(field, generated));
}
