import { ServiceError } from '../service-error.js';
import type { Row } from '../session/session.js';
import { type DataType, unsupportedName } from '../types/data-type.js';
import type { ResultSetOptions } from './result-set-options.js';
import { createValueEncoder, type ValueEncoder } from './value-encoder.js';

type Rows = readonly Row[];

/** The wire's `records` as JSON text. @throws {ServiceError} UnsupportedResultException, InternalFailure */
export function encodeRecords(types: readonly DataType[], rows: Rows, options: ResultSetOptions): string {
  const encoders = encodersFor(types, rows, options);
  const encodeRow = (row: Row) => `[${encoders.map((encoder, index) => field(encoder, row[index])).join(',')}]`;
  return `[${rows.map(encodeRow).join(',')}]`;
}

/**
 * The text of `formattedRecords`: one JSON object a row, keyed by column label.
 *
 * @throws {ServiceError} BadRequestException for labels used twice or a text over the limit; as `encodeRecords`
 */
export function formatRecords(labels: readonly string[], types: readonly DataType[], rows: Rows, options: ResultSetOptions, limitBytes: number): string {
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined) throw new ServiceError('BadRequestException', `The result contains more than one column with the label ${twice}`);
  const encoders = encodersFor(types, rows, options);
  const keys = labels.map((label) => JSON.stringify(label));
  const formatRow = (row: Row) => `{${encoders.map((encoder, index) => `${keys[index]}:${bare(encoder, row[index])}`).join(',')}}`;
  const text = `[${rows.map(formatRow).join(',')}]`;
  if (Buffer.byteLength(text) > limitBytes) throw new ServiceError('BadRequestException', 'The formatted records exceed the size limit 10 MB.');
  return text;
}

/** The service looks at a column's type only when it has a value to convert: a result without rows is never refused. */
function encodersFor(types: readonly DataType[], rows: Rows, options: ResultSetOptions): readonly ValueEncoder[] {
  if (rows.length === 0) return [];
  for (const type of types) {
    const name = unsupportedName(type);
    if (name !== null) throw new ServiceError('UnsupportedResultException', `The result contains the unsupported data type ${name}.`);
  }
  return types.map((type) => createValueEncoder(type, options));
}

function field(encoder: ValueEncoder, text: string | null | undefined): string {
  return text === null || text === undefined ? '{"isNull":true}' : encoder.field(text);
}

function bare(encoder: ValueEncoder, text: string | null | undefined): string {
  return text === null || text === undefined ? 'null' : encoder.json(text);
}
