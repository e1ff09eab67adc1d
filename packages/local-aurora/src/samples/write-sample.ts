import pg from 'pg';
import { baseType, constraintStatements, finishingStatements, givenColumns, qualified, schemaStatements, tableStatements } from './sample-statements.js';
import type { SampleContent, SampleTable, SampleValue } from './sample-table.js';

/** The one thing writing needs of a connection. */
export interface StatementRunner {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

// Large enough that round trips cost nothing, small enough that no parameter grows past a few hundred kilobytes.
const batchSize = 10_000;

/** Makes schemas, tables, rows, keys and comments. The caller has a transaction open. */
export async function writeSample(connection: StatementRunner, content: SampleContent): Promise<void> {
  const together = (statements: readonly string[]) => connection.query(statements.join(';\n'));
  await together(schemaStatements(content));
  await together(content.tables.flatMap(tableStatements));
  for (const table of content.tables) await insertRows(connection, table);
  await together(constraintStatements(content));
  await together(content.tables.flatMap(finishingStatements));
}

/** One array per column: the server spreads them into rows, which takes a fraction of the time of a VALUES list. */
async function insertRows(connection: StatementRunner, table: SampleTable): Promise<void> {
  const columns = givenColumns(table);
  const arrays = columns.map((column, index) => `$${index + 1}::${baseType(column)}[]`).join(', ');
  const sql = `INSERT INTO ${qualified(table)} (${columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ')}) SELECT * FROM unnest(${arrays})`;
  for (let start = 0; start < table.rows.length; start += batchSize) {
    const batch = table.rows.slice(start, start + batchSize);
    await connection.query(sql, columns.map((_, column) => batch.map((row): SampleValue => row[column] ?? null)));
  }
}
