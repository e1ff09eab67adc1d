import pg from 'pg';
import type { SampleColumn, SampleContent, SampleTable, SampleValue } from './sample-table.js';

/** The one thing writing needs of a connection. */
export interface StatementRunner {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

// Large enough that round trips cost nothing, small enough that no parameter grows past a few hundred kilobytes.
const batchSize = 10_000;

/** Makes schemas, tables, rows, keys and comments. The caller has a transaction open. */
export async function writeSample(connection: StatementRunner, { schemas, tables }: SampleContent): Promise<void> {
  await connection.query(schemas.map(({ name, comment }) => `CREATE SCHEMA ${id(name)}; COMMENT ON SCHEMA ${id(name)} IS ${text(comment)};`).join('\n'));
  await connection.query(tables.map(createTable).join('\n'));
  for (const table of tables) await insertRows(connection, table);
  const unique = (constraint: string) => !constraint.includes(' FOREIGN KEY ');
  // Foreign keys last: they need the keys they refer to.
  for (const wanted of [unique, (constraint: string) => !unique(constraint)]) {
    const statements = tables.flatMap((table) => table.constraints.filter(wanted).map((constraint) => `ALTER TABLE ${qualified(table)} ${constraint};`));
    await connection.query(statements.join('\n'));
  }
  await connection.query(tables.flatMap((table) => [...indexes(table), ...sequences(table), `ANALYZE ${qualified(table)};`]).join('\n'));
}

function createTable(table: SampleTable): string {
  const columns = table.columns.map(({ name, definition }) => `${id(name)} ${definition}`).join(', ');
  return [
    `CREATE TABLE ${qualified(table)} (${columns});`,
    `COMMENT ON TABLE ${qualified(table)} IS ${text(table.comment)};`,
    ...table.columns.map(({ name, comment }) => `COMMENT ON COLUMN ${qualified(table)}.${id(name)} IS ${text(comment)};`),
  ].join('\n');
}

/** One array per column: the server spreads them into rows, which takes a fraction of the time of a VALUES list. */
async function insertRows(connection: StatementRunner, table: SampleTable): Promise<void> {
  const columns = table.columns.filter(({ generated }) => !generated);
  const arrays = columns.map((column, index) => `$${index + 1}::${baseType(column)}[]`).join(', ');
  const sql = `INSERT INTO ${qualified(table)} (${columns.map(({ name }) => id(name)).join(', ')}) SELECT * FROM unnest(${arrays})`;
  for (let start = 0; start < table.rows.length; start += batchSize) {
    const batch = table.rows.slice(start, start + batchSize);
    await connection.query(sql, columns.map((_, column) => batch.map((row): SampleValue => row[column] ?? null)));
  }
}

/** The column's type without what follows it in the definition. */
function baseType({ definition }: SampleColumn): string {
  return /^[a-z]+(\(\d+(,\d+)?\))?/.exec(definition)?.[0] ?? 'text';
}

/** Foreign keys are followed from both ends, and PostgreSQL makes no index for the referring one. */
function indexes(table: SampleTable): readonly string[] {
  return table.constraints
    .map((constraint) => /FOREIGN KEY \(([^)]+)\)/.exec(constraint)?.[1])
    .filter((columns) => columns !== undefined)
    .map((columns) => `CREATE INDEX ON ${qualified(table)} (${columns});`);
}

function sequences(table: SampleTable): readonly string[] {
  return table.columns
    .filter(({ definition }) => definition.includes(' AS IDENTITY'))
    .map(({ name }) => `SELECT setval(pg_get_serial_sequence(${text(qualified(table))}, ${text(name)}), ${table.rows.length});`);
}

function qualified({ schema, name }: SampleTable): string {
  return `${id(schema)}.${id(name)}`;
}

const id = (name: string) => pg.escapeIdentifier(name);
const text = (value: string) => pg.escapeLiteral(value);
