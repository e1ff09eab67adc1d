import { scanSql } from '../parameters/scan-sql.js';
import type { ExecuteFailure, ExecuteFailureCode } from './execute-query-result.js';

/** A failure without the call's own identity. */
export type ShapedFailure = Omit<ExecuteFailure, 'kind' | 'auditId'>;

/** What a client's error may carry; read without trusting that any of it is there. */
interface ErrorFacts {
  readonly name: string;
  readonly code: string;
  readonly sqlState: string | null;
  readonly position: number | null;
  /**
   * The service's failure that says nothing, which a value of the result can bring about as well as a fault of the service. It must
   * not speak of the database's health: else any caller could open the circuit breaker for all others.
   */
  readonly isBareFailure: boolean;
}

const word = (near: string | null) => (near === null ? '' : ` near "${near}"`);

/** Messages by SQLSTATE: what went wrong and what to change, in words that hold nothing of the database's own. */
const bySqlState: Readonly<Record<string, { readonly message: (near: string | null) => string; readonly hint: string }>> = {
  '42601': { message: (near) => `The statement has a syntax error${word(near)}.`, hint: 'Correct the syntax; the dialect is PostgreSQL.' },
  '42703': { message: (near) => `A column${word(near)} does not exist.`, hint: 'Use only columns listed in the schema, qualified by their table.' },
  '42P01': { message: (near) => `A table${word(near)} does not exist.`, hint: 'Use only tables listed in the schema, qualified by their schema name.' },
  '42883': { message: (near) => `No function or operator fits the types of its arguments${word(near)}.`, hint: 'Cast the arguments, or a parameter, to the type that is needed, for example :since::date.' },
  '42702': { message: (near) => `A column name is ambiguous${word(near)}.`, hint: 'Qualify the column by its table.' },
  '42803': { message: (near) => `A column is neither grouped nor aggregated${word(near)}.`, hint: 'Add the column to GROUP BY or aggregate it.' },
  '42804': { message: (near) => `The types do not fit${word(near)}.`, hint: 'Cast one side to the type of the other.' },
  '42P10': { message: (near) => `A column reference is not valid here${word(near)}.`, hint: 'ORDER BY of a SELECT DISTINCT has to use columns of its list.' },
  '42P18': { message: () => 'The type of a parameter cannot be told.', hint: 'Cast the parameter, for example :since::date.' },
  '22012': { message: () => 'A division by zero.', hint: 'Divide by NULLIF(x, 0).' },
  '22P02': { message: () => 'A text cannot be read as the type it is cast to.', hint: 'Filter the values, or do not cast the column.' },
  '22007': { message: () => 'A text is not a date or time.', hint: 'Write dates as YYYY-MM-DD.' },
  '22008': { message: () => 'A date or time is out of range.', hint: 'Check the dates.' },
  '22003': { message: () => 'A number is out of the range of its type.', hint: 'Cast to numeric.' },
  '21000': { message: () => 'A subquery used as a value gave more than one row.', hint: 'Aggregate it, or use IN.' },
  '42846': { message: (near) => `A value cannot be cast to that type${word(near)}.`, hint: 'Cast by way of text, or use a function that converts.' },
  '22023': { message: (near) => `A function was given a value that it does not take${word(near)}.`, hint: 'Check the units, formats and names that are given to functions.' },
  '2201B': { message: () => 'A regular expression is not valid.', hint: 'Escape its special characters, or use LIKE.' },
  '2201W': { message: () => 'LIMIT has to be zero or more.', hint: 'Check LIMIT.' },
  '2201X': { message: () => 'OFFSET has to be zero or more.', hint: 'Check OFFSET.' },
  '0A000': {
    message: (near) => `PostgreSQL has no such thing${word(near)}.`,
    hint: 'Write it another way: DISTINCT in a window function as a subquery, a set-returning function in FROM, a FULL JOIN on equal columns.',
  },
  '42725': { message: (near) => `More than one function or operator fits${word(near)}.`, hint: 'Cast the arguments.' },
};

const unavailable: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006']);

/**
 * Turns whatever the database client threw into a failure that a model can repair from and that teaches nobody
 * anything: PostgreSQL's message and hint are dropped (they quote rows and suggest hidden names), the SQLSTATE is kept,
 * and `near` is a word of the statement that was sent.
 * @param sql the statement that was sent, which the error's position counts in
 */
export function shapeDatabaseError(error: unknown, sql: string): ShapedFailure {
  const facts = factsOf(error);
  const near = facts.position === null ? null : wordAt(sql, facts.position);
  const failure = (code: ExecuteFailureCode, message: string, hint: string | null, retryable: boolean, retryAfterMs: number | null = null): ShapedFailure => ({
    code,
    message,
    hint,
    sqlState: facts.sqlState,
    near: code === 'sql-error' ? near : null,
    retryable,
    retryAfterMs,
  });
  const { sqlState, code, name } = facts;
  const is = (pattern: RegExp) => pattern.test(code) || pattern.test(name);

  if (sqlState === '57014' || is(/StatementTimeout|statement-timeout|^timeout$|^deadline$|TimeoutError/i)) {
    return failure('timeout', 'The statement ran into its time limit and was cancelled.', 'Ask for less: add a filter, a shorter period or an aggregate.', false);
  }
  if (sqlState === '42501' || sqlState === '25006') return failure('permission-denied', 'The read-only role may not do this.', 'Use only what the schema lists, and only to read.', false);
  if (is(/resuming/i)) return failure('database-resuming', 'The database was paused and is starting.', 'Try again in a few seconds.', true, 5_000);
  if (isResultTooLarge(error)) return failure('too-large', 'The result is larger than the database interface can return.', 'Select fewer columns, or aggregate, or ask for fewer rows.', false);
  if (is(/unsupported/i)) return failure('unsupported-type', 'The result has a column of a type that cannot be returned.', 'Cast interval, money, geometric and multidimensional array columns to text.', false);
  if (facts.isBareFailure) return failure('unsupported-type', 'The database interface failed on the statement without saying why.', 'It cannot return dates and timestamps that are infinite or before Christ: cast such columns to text. Else try again.', false);
  if (is(/throttl/i)) return failure('throttled', 'The database interface has too many calls.', 'Try again in a few seconds.', true, 2_000);
  if (sqlState !== null && unavailable.has(sqlState)) return failure('database-unavailable', 'The database cannot be reached.', 'Try again later.', true, 5_000);
  if (sqlState !== null) {
    const known = bySqlState[sqlState];
    if (known !== undefined) return failure('sql-error', known.message(near), known.hint, false);
    if (sqlState.startsWith('42') || sqlState.startsWith('22') || sqlState.startsWith('21')) {
      return failure('sql-error', `The database did not accept the statement${word(near)}.`, 'Check names, types and syntax against the schema.', false);
    }
    if (sqlState.startsWith('53') || sqlState.startsWith('54')) return failure('too-large', 'The statement needs more than the database gives one statement.', 'Ask for less: add a filter or simplify the statement.', false);
  }
  if (is(/unavailable|connection|network|ECONN|InternalServer|internal-server|ServiceUnavailable/i)) return failure('database-unavailable', 'The database cannot be reached.', 'Try again later.', true, 5_000);
  if (is(/abort/i)) return failure('aborted', 'The call was given up.', null, true);
  return failure('internal', 'The statement could not be executed.', null, false);
}

/** True when the result was larger than the Data API gives out. */
export function isResultTooLarge(error: unknown): boolean {
  return factsOf(error).code === 'result-too-large';
}

/** Codes that speak of the database's health, and so count for the circuit breaker. */
export function isDatabaseFault(code: ExecuteFailureCode): boolean {
  return code === 'database-unavailable' || code === 'throttled';
}

function factsOf(error: unknown): ErrorFacts {
  const read = (source: unknown, key: string): unknown => (typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[key] : undefined);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const sqlState = read(error, 'sqlState');
  const position = read(error, 'position');
  return {
    name: text(read(error, 'name')),
    code: text(read(error, 'code')),
    sqlState: typeof sqlState === 'string' && /^[0-9A-Z]{5}$/.test(sqlState) ? sqlState : null,
    isBareFailure: read(read(error, 'cause'), 'name') === 'InternalFailure',
    position: typeof position === 'number' && Number.isSafeInteger(position) && position >= 1 ? position : null,
  };
}

/**
 * The word that begins at a 1-based character, or null when there is none. PostgreSQL counts code points, in the text
 * that it was sent: with `$1`, `$2`, .. in the places of the named parameters.
 */
function wordAt(sql: string, position: number): string | null {
  const names: string[] = [];
  const numbered = (code: string) =>
    code.replace(/(?<!:):([A-Za-z_]\w*)/g, (_, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    });
  const text = scanSql(sql).map((piece) => (piece.kind === 'code' ? numbered(piece.text) : piece.text)).join('');
  const rest = [...text].slice(position - 1, position + 62).join('');
  return /^(?:"[^"]{1,63}"|[\p{L}_][\p{L}\p{N}_$.]*)/u.exec(rest)?.[0] ?? null;
}
