import { ConfigurationError } from '../errors/configuration-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import { sql } from '../sql/sql.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import type { IsolationLevel, TransactionOptions } from './transaction-options.js';

const isolationLevels: Readonly<Record<IsolationLevel, string>> = {
  'read committed': 'set transaction isolation level read committed',
  'repeatable read': 'set transaction isolation level repeatable read',
  serializable: 'set transaction isolation level serializable',
};

/**
 * The statements that make a transaction what its options say, in the order in which they must run.
 *
 * The isolation level must come before the first query, so it has a statement of its own; all else fits into one request.
 * `set_config(.., true)` is used because `SET` takes no parameters.
 */
export function transactionSettings(options: TransactionOptions, engine: Engine): readonly SqlStatement[] {
  const settings: [string, string][] = Object.entries(options.settings ?? {});
  if (options.statementTimeoutMs !== undefined) settings.unshift(['statement_timeout', String(timeout(options.statementTimeoutMs))]);
  if (options.readOnly) settings.unshift(['transaction_read_only', 'on']);
  if (engine === 'mysql') {
    if (settings.length > 0 || options.isolation !== undefined) {
      throw new ConfigurationError('isolation, readOnly, settings and statementTimeoutMs need Aurora PostgreSQL: MySQL takes them only before a transaction, in a session that the Data API does not keep.');
    }
    return [];
  }
  const statements: SqlStatement[] = [];
  if (options.isolation !== undefined) {
    const text = isolationLevels[options.isolation];
    if (text === undefined) throw new ConfigurationError(`${JSON.stringify(options.isolation)} is not an isolation level.`);
    statements.push(sql.raw(text));
  }
  if (settings.length > 0) statements.push(sql`select ${sql.join(settings.map(([name, value]) => sql`set_config(${name}, ${value}, true)`))}`);
  return statements;
}

function timeout(milliseconds: number): number {
  if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 2 ** 31 - 1) throw new ConfigurationError('statementTimeoutMs must be a whole number of milliseconds from 1.');
  return milliseconds;
}
