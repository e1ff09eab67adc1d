import type { SqlParameter } from '@aws-sdk/client-rds-data';
import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import type { StatementOptions } from '../client/query-options.js';
import type { Column } from '../decoding/column.js';
import type { DecodeRequest } from '../decoding/decode-result.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { sql as sqlTag } from '../sql/sql.js';
import type { WireField } from '../transport/wire.js';
import type { RowPages } from './row-pages.js';

/**
 * Aurora MySQL, which has no cursors outside of stored programs: each page asks for the rows behind the last key of the page
 * before. All pages are read in one transaction, so from one snapshot.
 */
export function pagesByKey(runner: StatementRunner, { bound, sql, parameters }: RunnableStatement, key: readonly string[], decode: DecodeRequest, options: StatementOptions): RowPages {
  const names = key.map((name) => sqlTag.identifier.mysql(name).texts.join(''));
  const [values = []] = bound.parameterSets;
  const order = names.join(', ');
  let last: readonly SqlParameter[] | undefined;

  const page = (text: string, size: number): string => {
    const where = last === undefined ? '' : ` where ${behind(names, last)}`;
    return `select * from (${text.replace(/;\s*$/u, '')}\n) as ask_aurora_page${where} order by ${order} limit ${size}`;
  };
  return {
    async next(size) {
      const statement = { bound: { sql: page(bound.sql, size), parameterSets: [[...values, ...(last ?? [])]] }, sql: page(sql, size), parameters };
      const answer = await runner.execute(statement, decode, options);
      const records = answer.records ?? [];
      const places = key.map((name) => placeOf(answer.columns, name));
      refuseEqualKeys(records, places, key);
      const record = records.at(-1);
      if (record !== undefined) last = places.map((place, index) => keyParameter(record[place], answer.columns[place], index));
      return answer;
    },
    backTo: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** `(a > :x) or (a = :x and b > :y)`: what MySQL can use an index for, unlike `(a, b) > (:x, :y)`. */
function behind(names: readonly string[], last: readonly SqlParameter[]): string {
  const parameter = (index: number): string => `:${last[index]?.name ?? ''}`;
  return names.map((name, index) => `(${[...names.slice(0, index).map((before, at) => `${before} = ${parameter(at)}`), `${name} > ${parameter(index)}`].join(' and ')})`).join(' or ');
}

function placeOf(columns: readonly Column[], name: string): number {
  const place = columns.findIndex((column) => column.name === name);
  if (place === -1 && columns.length > 0) throw new ConfigurationError(`The result has no column ${JSON.stringify(name)}, which stream was given as a key.`);
  return place;
}

/** The value as the service gave it, whatever the caller decodes it to: digits are compared as numbers only with their hint. */
function keyParameter(field: WireField | undefined, column: Column | undefined, index: number): SqlParameter {
  const name = `ask_aurora_key_${index + 1}`;
  const { stringValue, longValue, doubleValue, booleanValue, blobValue } = field ?? {};
  if (stringValue !== undefined) {
    const digits = /INT|DECIMAL|YEAR/u.test(column?.typeName ?? '');
    return { name, value: { stringValue }, ...(digits ? { typeHint: 'DECIMAL' as const } : {}) };
  }
  if (longValue !== undefined) return { name, value: { stringValue: String(longValue) }, typeHint: 'DECIMAL' };
  if (typeof doubleValue === 'number') return { name, value: { doubleValue } };
  if (booleanValue !== undefined) return { name, value: { booleanValue } };
  if (blobValue !== undefined) return { name, value: { blobValue: typeof blobValue === 'string' ? Buffer.from(blobValue, 'base64') : blobValue } };
  throw new ConfigurationError(`The key column ${JSON.stringify(column?.name)} of a stream holds NULL, behind which nothing can be asked for.`);
}

/** Rows of one key that fall on two pages would be lost. */
function refuseEqualKeys(records: readonly (readonly WireField[])[], places: readonly number[], key: readonly string[]): void {
  for (let index = 1; index < records.length; index += 1) {
    const [before, row] = [records[index - 1], records[index]];
    if (places.every((place) => sameField(before?.[place], row?.[place]))) throw new ConfigurationError(`The key of a stream (${key.join(', ')}) is not unique: add columns until it is.`);
  }
}

function sameField(a: WireField | undefined, b: WireField | undefined): boolean {
  return a?.stringValue === b?.stringValue && a?.longValue === b?.longValue && a?.doubleValue === b?.doubleValue && a?.booleanValue === b?.booleanValue && a?.blobValue === b?.blobValue;
}
