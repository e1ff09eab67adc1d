import { DecodeError } from '../errors/decode-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { WireField, WireResult } from '../transport/wire.js';
import { columnDecoder, decodeError } from './column-decoder.js';
import type { Column } from './column.js';
import { columnsOf } from './columns-of.js';
import type { DecodingOptions } from './decoding-options.js';
import { parseBody } from './parse-body.js';
import { quoteLongIntegers } from './quote-long-integers.js';
import { rowBuilder } from './row-builder.js';
import { decodeField, InexactIntegerError, type ValueDecoder } from './value-decoder.js';

export interface DecodedResult {
  readonly columns: readonly Column[];
  readonly rows: readonly unknown[];
  /** Rows read, or, of a statement without rows, rows changed. */
  readonly rowCount: number;
  /** The rows as they came. */
  readonly records?: readonly (readonly WireField[])[];
}

export interface DecodeRequest {
  readonly engine: Engine;
  readonly decoding: DecodingOptions;
  readonly rowMode: 'object' | 'array';
}

/** Decodes the body of an answer to ExecuteStatement. */
export function decodeBody(body: Buffer, request: DecodeRequest): DecodedResult {
  try {
    return decodeResult(parseBody(body.toString('utf8')), request);
  } catch (error) {
    if (isInexact(error)) return decodeResult(parseBody(quoteLongIntegers(body.toString('utf8'))), request);
    throw error;
  }
}

/** Decodes an answer that is parsed already. Integers that were rounded in parsing cannot be brought back, and throw. */
export function decodeResult(result: WireResult, { engine, decoding, rowMode }: DecodeRequest): DecodedResult {
  const columns = columnsOf(result.columnMetadata ?? []);
  if (result.records === undefined || result.records === null) return { columns, rows: [], rowCount: result.numberOfRecordsUpdated ?? 0 };
  const decoders = columns.map((column) => columnDecoder(column, engine, decoding));
  const build = rowBuilder(columns, rowMode);
  const values = new Array<unknown>(columns.length);
  let index = 0;
  try {
    const rows = result.records.map((record) => {
      for (index = 0; index < decoders.length; index += 1) values[index] = decodeField(record[index] ?? {}, decoders[index] as ValueDecoder);
      return build(values);
    });
    return { columns, rows, rowCount: rows.length, records: result.records };
  } catch (error) {
    throw decodeError(columns[index], error);
  }
}

function isInexact(error: unknown): boolean {
  return DecodeError.isInstance(error) && error.cause instanceof InexactIntegerError;
}
