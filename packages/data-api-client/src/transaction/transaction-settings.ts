import { ConfigurationError } from '../errors/configuration-error.js';
import { sql } from '../sql/sql.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import type { IsolationLevel, TransactionOptions } from './transaction-options.js';

const isolationNames: Readonly<Record<IsolationLevel, string>> = {
  'read committed': 'READ COMMITTED',
  'repeatable read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
};

/**
 * The statements that make a transaction of Aurora PostgreSQL what its options say, in the order in which they must run.
 *
 * The isolation level must come before the first query, so it has a statement of its own; all else fits into one request.
 * `set_config(.., true)` is used because `SET` takes no parameters. All of it ends with the transaction.
 */
export function transactionSettings({ isolation, readOnly, settings, statementTimeoutMs }: TransactionOptions): readonly SqlStatement[] {
  const configured: [string, string][] = Object.entries(settings ?? {});
  if (statementTimeoutMs !== undefined) configured.unshift(['statement_timeout', String(milliseconds(statementTimeoutMs))]);
  if (readOnly) configured.unshift(['transaction_read_only', 'on']);
  const statements: SqlStatement[] = [];
  if (isolation !== undefined) statements.push(sql.raw(`set transaction isolation level ${isolationName(isolation).toLowerCase()}`));
  if (configured.length > 0) statements.push(sql`select ${sql.join(configured.map(([name, value]) => sql`set_config(${name}, ${value}, true)`))}`);
  return statements;
}

/** @throws ConfigurationError for what is no isolation level: the name goes into a statement. */
export function isolationName(isolation: IsolationLevel): string {
  const name = Object.hasOwn(isolationNames, isolation) ? isolationNames[isolation] : undefined;
  if (name === undefined) throw new ConfigurationError(`${JSON.stringify(isolation)} is not an isolation level.`);
  return name;
}

export function milliseconds(value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) throw new ConfigurationError('statementTimeoutMs must be a whole number of milliseconds from 1.');
  return value;
}
