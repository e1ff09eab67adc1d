import type { WireResult } from '../transport/wire.js';
import { ByteReader, UnexpectedFormError } from './byte-reader.js';
import { columnDecoder, decodeError } from './column-decoder.js';
import { columnsOf } from './columns-of.js';
import type { DecodedResult, DecodeRequest } from './decode-result.js';
import { rowBuilder } from './row-builder.js';

// Inside a JSON string each quote has a backslash before it, so these bytes are keys wherever they stand.
const recordsKey = Buffer.from('"records":[');
const metadataKey = Buffer.from('"columnMetadata":[');

/**
 * Decodes a body straight from its bytes: columns first, then every field by its column's decoder.
 *
 * Undefined when the body is not of the compact form that the service writes; everything around the records is parsed as JSON,
 * so that a body cut short is not taken for a whole one.
 */
export function readBody(body: Buffer, request: DecodeRequest): DecodedResult | undefined {
  const recordsAt = body.indexOf(recordsKey);
  const metadataAt = body.indexOf(metadataKey);
  if (recordsAt === -1 || metadataAt === -1) return undefined;
  try {
    const metadata = metadataAt < recordsAt ? parse(`${body.toString('utf8', 0, recordsAt)}"records":[]}`) : parse(`{${body.toString('utf8', metadataAt)}`);
    const columns = columnsOf(metadata.columnMetadata ?? []);
    const reader = new ByteReader(body, recordsAt + recordsKey.length - 1);
    const rows = readRows(reader, columns, request);
    parse(`${body.toString('utf8', 0, recordsAt)}"records":[]${body.toString('utf8', reader.at)}`);
    return { columns, rows, rowCount: rows.length };
  } catch (error) {
    if (error instanceof UnexpectedFormError) return undefined;
    throw error;
  }
}

function readRows(reader: ByteReader, columns: DecodedResult['columns'], { engine, decoding, rowMode }: DecodeRequest): unknown[] {
  const decoders = columns.map((column) => columnDecoder(column, engine, decoding));
  const builder = rowBuilder(columns, rowMode);
  const rows: unknown[] = [];
  let index = 0;
  try {
    for (let more = reader.openList(); more; more = reader.nextInList()) {
      const row = builder.create();
      index = 0;
      for (let moreFields = reader.openList(); moreFields; moreFields = reader.nextInList()) {
        const decoder = decoders[index];
        if (!decoder) throw new UnexpectedFormError();
        builder.set(row, index, reader.field(decoder));
        index += 1;
      }
      if (index !== decoders.length) throw new UnexpectedFormError();
      rows.push(row);
    }
  } catch (error) {
    throw error instanceof UnexpectedFormError ? error : decodeError(columns[index], error);
  }
  return rows;
}

function parse(text: string): WireResult {
  try {
    return JSON.parse(text) as WireResult;
  } catch {
    throw new UnexpectedFormError();
  }
}
