import type { SqlStatement } from '../sql/sql-statement.js';
import { sql } from '../sql/sql.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { TransactionOptions } from './transaction-options.js';
import type { TransactionRunner } from './transaction-runner.js';
import { isolationName, milliseconds } from './transaction-settings.js';

/**
 * Makes a transaction of Aurora MySQL what its options say.
 *
 * The service has begun the transaction already, so MySQL refuses SET TRANSACTION (1568). `start transaction` commits that
 * transaction, which is empty, and begins one as asked, in one statement: at no moment is the session without a transaction.
 * The isolation level can't be had that way: MySQL hands on that of the transaction before, whatever the session has been set to.
 * So a level is only compared with the session's.
 *
 * @param undo gets, before anything of the session is changed, the statement that changes it back
 * @throws {ConfigurationError} for an isolation level that the session does not have
 */
export async function applyMysqlOptions(runner: TransactionRunner, options: TransactionOptions, undo: SqlStatement[]): Promise<void> {
  const { isolation, statementTimeoutMs, settings = {}, readOnly = false } = options;
  const wanted = isolation === undefined ? undefined : isolationName(isolation);
  const timeoutMs = statementTimeoutMs === undefined ? undefined : milliseconds(statementTimeoutMs);
  const names = Object.keys(settings);
  if (wanted === undefined && timeoutMs === undefined && names.length === 0 && !readOnly) return;
  const session = wanted === undefined && timeoutMs === undefined ? new Map<string, string>() : await readSession(runner);

  if (wanted !== undefined) requireIsolation(session, wanted);
  if (readOnly) await runner.control(sql.raw('start transaction read only'));
  if (timeoutMs !== undefined) {
    const { set, reset } = statementTimeout(session, timeoutMs);
    undo.push(reset);
    await runner.control(set);
  }
  if (names.length > 0) {
    const variables = names.map((name) => sql`@${sql.identifier.mysql(name)}`);
    undo.push(sql`set ${sql.join(variables.map((variable) => sql`${variable} = null`))}`);
    await runner.control(sql`set ${sql.join(names.map((name, index) => sql`${variables[index] ?? sql``} = ${settings[name] ?? null}`))}`);
  }
}

function requireIsolation(session: ReadonlyMap<string, string>, wanted: string): void {
  const usual = (session.get('transaction_isolation') ?? session.get('tx_isolation') ?? 'an unknown level').replace('-', ' ');
  if (usual === wanted) return;
  throw new ConfigurationError(
    `This transaction runs at ${usual.toLowerCase()}, and MySQL has no way to ${wanted.toLowerCase()} once the service has begun it: leave isolation out, or set transaction_isolation in the cluster's parameter group.`,
  );
}

/** MySQL limits SELECTs, in milliseconds; MariaDB every statement, in seconds. */
function statementTimeout(session: ReadonlyMap<string, string>, timeoutMs: number): { readonly set: SqlStatement; readonly reset: SqlStatement } {
  const name = ['max_execution_time', 'max_statement_time'].find((variable) => session.has(variable));
  if (name === undefined) throw new ConfigurationError('This MySQL has no statement timeout.');
  const usual = session.get(name) ?? '0';
  if (!/^\d+(?:\.\d+)?$/u.test(usual)) throw new ConfigurationError(`The session's ${name} could not be read.`);
  const value = name === 'max_execution_time' ? timeoutMs : timeoutMs / 1_000;
  return { set: sql.raw(`set session ${name} = ${value}`), reset: sql.raw(`set session ${name} = ${usual}`) };
}

/** SHOW VARIABLES knows what each version calls them; naming a variable that is not there would be an error. */
async function readSession(runner: TransactionRunner): Promise<ReadonlyMap<string, string>> {
  const { rows } = await runner.control(
    sql.raw("show session variables where variable_name in ('transaction_isolation', 'tx_isolation', 'max_execution_time', 'max_statement_time')"),
    { engine: 'mysql', decoding: {}, rowMode: 'array' },
  );
  return new Map((rows as readonly (readonly [string, string])[]).map(([name, value]) => [name.toLowerCase(), value]));
}

