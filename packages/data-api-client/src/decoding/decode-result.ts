import { DecodeError } from '../errors/decode-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { WireResult } from '../transport/wire.js';
import type { Column } from './column.js';
import { columnsOf } from './columns-of.js';
import { compileRowDecoder } from './compile-row-decoder.js';
import type { DecodingOptions } from './decoding-options.js';
import { quoteLongIntegers } from './quote-long-integers.js';
import { InexactIntegerError } from './value-decoder.js';

export interface DecodedResult {
  readonly columns: readonly Column[];
  readonly rows: readonly unknown[];
  /** Rows read, or, of a statement without rows, rows changed. */
  readonly rowCount: number;
}

export interface DecodeRequest {
  readonly engine: Engine;
  readonly decoding: DecodingOptions;
  readonly rowMode: 'object' | 'array';
}

/** Decodes the body of an answer to ExecuteStatement. */
export function decodeBody(text: string, request: DecodeRequest): DecodedResult {
  try {
    return decodeResult(parseBody(text), request);
  } catch (error) {
    if (error instanceof InexactIntegerError) return decodeResult(parseBody(quoteLongIntegers(text)), request);
    throw error;
  }
}

/** Decodes an answer that the SDK has deserialized; integers it has rounded cannot be brought back, and throw. */
export function decodeOutput(output: WireResult, request: DecodeRequest): DecodedResult {
  try {
    return decodeResult(output, request);
  } catch (error) {
    if (error instanceof InexactIntegerError) throw new DecodeError(error.message, { executed: 'yes', cause: error });
    throw error;
  }
}

function decodeResult(result: WireResult, { engine, decoding, rowMode }: DecodeRequest): DecodedResult {
  const columns = columnsOf(result.columnMetadata ?? []);
  const records = result.records;
  if (records === undefined) return { columns, rows: [], rowCount: result.numberOfRecordsUpdated ?? 0 };
  const decoder = compileRowDecoder(columns, engine, decoding);
  const rows = rowMode === 'object' ? decoder.objects(records) : decoder.arrays(records);
  return { columns, rows, rowCount: rows.length };
}

function parseBody(text: string): WireResult {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new DecodeError('The answer of the service is not JSON.', { executed: 'yes', cause: error });
  }
  throw new DecodeError('The answer of the service is not a JSON object.', { executed: 'yes' });
}
