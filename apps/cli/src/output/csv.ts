import { stringify } from 'csv-stringify/sync';
import type { Answer } from '../answer/answer.js';

/** The rows as RFC 4180 text with a header line: NULL is an empty field, an empty text a quoted one; JSON stays JSON. */
export function renderCsv({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  const records = rows.map((row) => columns.map(({ name }) => field(row[name])));
  // A lone line feed is a line end to most readers, though not to the library when records end in CR LF.
  return stringify([columns.map(({ name }) => name), ...records], { record_delimiter: 'windows', quoted_match: /^$|[\r\n]/ });
}

function field(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
