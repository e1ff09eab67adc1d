import pg from 'pg';
import { assertCalendarDate } from './calendar-date.js';
import { sampleAnchor, sampleContentVersion } from './sample-anchor.js';
import { sampleContent } from './sample-content.js';
import type { SampleName } from './sample-name.js';
import type { SampleColumn, SampleContent, SampleTable } from './sample-table.js';

/** One statement of a sample. `rows` is the value of its only parameter, `:rows`: a JSON list of objects. */
export interface SampleStatement {
  readonly sql: string;
  readonly rows?: string;
}

export interface SampleStatementsOptions {
  /** As for seedSample. @default sampleAnchor */
  readonly anchor?: string;
  /** @default 500 */
  readonly rowsPerStatement?: number;
}

/**
 * A whole sample as single statements, in their order, for a connection that takes one at a time, such as the RDS Data
 * API. Schemas that exist already are kept, with the rights given on them; tables have to be new.
 *
 * @throws {LocalAuroraError} `invalid-option` for an anchor that is no date
 */
export function sampleStatements(sample: SampleName, options: SampleStatementsOptions = {}): readonly SampleStatement[] {
  const content = sampleContent(sample, assertCalendarDate(options.anchor ?? sampleAnchor));
  const plain = (sql: readonly string[]): readonly SampleStatement[] => sql.map((each) => ({ sql: each }));
  return [
    ...plain(schemaStatements(content, 'IF NOT EXISTS ')),
    ...plain(content.tables.flatMap(tableStatements)),
    ...content.tables.flatMap((table) => rowStatements(table, options.rowsPerStatement ?? 500)),
    ...plain(constraintStatements(content)),
    ...plain(content.tables.flatMap(finishingStatements)),
  ];
}

const markerPrefix = 'Ask Aurora sample ';

/** The comment of a database that holds a sample. */
export function sampleMarker(sample: SampleName, anchor: string = sampleAnchor): string {
  return `${markerPrefix}${sample}, content ${sampleContentVersion}, anchor ${anchor}`;
}

/** Whether a database's comment says that it holds the sample, of whatever version and anchor. */
export function marksSample(comment: string, sample: SampleName): boolean {
  return comment.startsWith(`${markerPrefix}${sample},`);
}

export function schemaStatements({ schemas }: SampleContent, condition: '' | 'IF NOT EXISTS ' = ''): readonly string[] {
  return schemas.flatMap(({ name, comment }) => [`CREATE SCHEMA ${condition}${id(name)}`, `COMMENT ON SCHEMA ${id(name)} IS ${text(comment)}`]);
}

export function tableStatements(table: SampleTable): readonly string[] {
  const columns = table.columns.map(({ name, definition }) => `${id(name)} ${definition}`).join(', ');
  return [
    `CREATE TABLE ${qualified(table)} (${columns})`,
    `COMMENT ON TABLE ${qualified(table)} IS ${text(table.comment)}`,
    ...table.columns.map(({ name, comment }) => `COMMENT ON COLUMN ${qualified(table)}.${id(name)} IS ${text(comment)}`),
  ];
}

/** Keys and checks; foreign keys last, since they need the keys they refer to. */
export function constraintStatements({ tables }: SampleContent): readonly string[] {
  const unique = (constraint: string) => !constraint.includes(' FOREIGN KEY ');
  return [unique, (constraint: string) => !unique(constraint)].flatMap((wanted) => tables.flatMap((table) => table.constraints.filter(wanted).map((constraint) => `ALTER TABLE ${qualified(table)} ${constraint}`)));
}

/** Indexes, where sequences go on, statistics. */
export function finishingStatements(table: SampleTable): readonly string[] {
  return [...indexes(table), ...sequences(table), `ANALYZE ${qualified(table)}`];
}

/** The columns that rows have values for. */
export function givenColumns(table: SampleTable): readonly SampleColumn[] {
  return table.columns.filter(({ generated }) => !generated);
}

/** The column's type without what follows it in the definition. */
export function baseType({ definition }: SampleColumn): string {
  return /^[a-z]+(\(\d+(,\d+)?\))?/.exec(definition)?.[0] ?? 'text';
}

export function qualified({ schema, name }: SampleTable): string {
  return `${id(schema)}.${id(name)}`;
}

function rowStatements(table: SampleTable, rowsPerStatement: number): readonly SampleStatement[] {
  const columns = givenColumns(table);
  const names = columns.map(({ name }) => id(name)).join(', ');
  const sql = `INSERT INTO ${qualified(table)} (${names}) SELECT ${names} FROM json_to_recordset(CAST(:rows AS json)) AS given (${columns.map((column) => `${id(column.name)} ${baseType(column)}`).join(', ')})`;
  const statements: SampleStatement[] = [];
  for (let start = 0; start < table.rows.length; start += rowsPerStatement) {
    const rows = table.rows.slice(start, start + rowsPerStatement).map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
    statements.push({ sql, rows: JSON.stringify(rows) });
  }
  return statements;
}

/** Foreign keys are followed from both ends, and PostgreSQL makes no index for the referring one. */
function indexes(table: SampleTable): readonly string[] {
  return table.constraints
    .map((constraint) => /FOREIGN KEY \(([^)]+)\)/.exec(constraint)?.[1])
    .filter((columns) => columns !== undefined)
    .map((columns) => `CREATE INDEX ON ${qualified(table)} (${columns})`);
}

function sequences(table: SampleTable): readonly string[] {
  return table.columns
    .filter(({ definition }) => definition.includes(' AS IDENTITY'))
    .map(({ name }) => `SELECT setval(pg_get_serial_sequence(${text(qualified(table))}, ${text(name)}), ${table.rows.length})`);
}

const id = (name: string) => pg.escapeIdentifier(name);
const text = (value: string) => pg.escapeLiteral(value);
