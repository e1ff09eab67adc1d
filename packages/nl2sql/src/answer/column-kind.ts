import type { ResultColumn } from './result-column.js';

/** What a column is good for in a sentence or a chart. */
export type ColumnKind = 'quantity' | 'time' | 'category' | 'flag' | 'other';

const numeric = /^(?:u?int\d*|integer|smallint|bigint|mediumint|tinyint|serial\d?|bigserial|smallserial|numeric|decimal|real|float\d*|double(?: precision)?|money|number)\b/i;
const temporal = /^(?:date|datetime|timestamp|timestamptz|time|timetz|year)\b/i;
const textual = /^(?:text|varchar|character|char|bpchar|name|citext|uuid|enum|string)\b/i;
const identifier = /(?:^|_)(?:id|key|code|number|no|zip|postal|phone|ssn|isbn|sku)$|[a-z](?:Id|ID|Key|Code)$/;
const calendar = /^(?:year|month|quarter|week|day|decade|fiscal_?year|yr)$|_(?:year|month|quarter|week|decade)$/i;

/** Whole numbers that are years, by name and by size: a `built` of 40 counts something. */
const yearly = /(?:^|_)(?:year|founded|established|built|born|since|published)(?:_|$)/i;

/** Tells a column's kind from its type, its name and its values. Numbers that name things (ids, years) are no quantities. */
export function columnKind(column: ResultColumn, values: readonly unknown[]): ColumnKind {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (/^bool/i.test(column.type) || (present.length > 0 && present.every((value) => typeof value === 'boolean'))) return 'flag';
  if (temporal.test(column.type)) return 'time';
  if (numeric.test(column.type)) {
    if (calendar.test(column.name) && present.every(isWhole)) return 'time';
    if (yearly.test(column.name) && present.length > 0 && present.every(isYear)) return 'time';
    return identifier.test(column.name) ? 'category' : 'quantity';
  }
  if (present.length > 0 && present.every((value) => typeof value === 'string' && /^\d{4}-\d{2}(?:-\d{2}(?:[T ].*)?)?$/.test(value))) return 'time';
  if (textual.test(column.type)) return 'category';
  if (present.length > 0 && present.every((value) => typeof value === 'number' || typeof value === 'bigint')) return identifier.test(column.name) ? 'category' : 'quantity';
  return present.every((value) => typeof value === 'string') && present.length > 0 ? 'category' : 'other';
}

function isYear(value: unknown): boolean {
  return isWhole(value) && Number(value) >= 1000 && Number(value) <= 2200;
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(Number(value));
}
