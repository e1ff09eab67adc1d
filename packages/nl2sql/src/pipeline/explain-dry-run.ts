import { Nl2SqlError } from '../nl2sql-error.js';
import { throwIfAborted } from '../waiting/abort-error.js';
import type { CandidateStatement, DatabaseComplaint, DryRun } from './dry-run.js';

export interface ExplainDryRunOptions {
  /**
   * Runs one statement with named parameters on the read-only role, and throws the driver's own error. `rows` are objects
   * or arrays; EXPLAIN returns one row with one value.
   */
  readonly run: (sql: string, parameters: CandidateStatement['parameters'], options: { readonly signal?: AbortSignal }) => Promise<readonly unknown[]>;
  /** @default 'postgresql' */
  readonly dialect?: 'postgresql' | 'mysql';
  /** Plans dearer than this are refused with the figure. @default no limit */
  readonly maxCost?: number;
}

/**
 * A dry run by EXPLAIN without ANALYZE: the database parses and plans the statement and runs nothing but functions that
 * it folds while planning. Only ever called with a statement that passed the guard.
 */
export function createExplainDryRun(options: ExplainDryRunOptions): DryRun {
  const { run, dialect = 'postgresql', maxCost } = options;
  const prefix = dialect === 'postgresql' ? 'EXPLAIN (FORMAT JSON) ' : 'EXPLAIN FORMAT=JSON ';
  return async (statement, { signal }) => {
    let rows: readonly unknown[];
    try {
      rows = await run(`${prefix}${statement.sql}`, statement.parameters, signal === undefined ? {} : { signal });
    } catch (error) {
      throwIfAborted(signal);
      const complaint = readComplaint(error, prefix.length);
      if (complaint === null) throw error;
      return { ok: false, error: complaint };
    }
    const totalCost = readTotalCost(rows[0], dialect);
    if (maxCost !== undefined && totalCost !== null && totalCost > maxCost) {
      return { ok: false, error: { message: `The plan costs ${Math.round(totalCost)}, more than the ${maxCost} allowed.`, hint: 'Filter earlier, join on keys, or aggregate fewer rows.' } };
    }
    return { ok: true, totalCost };
  };
}

interface DriverError {
  readonly message?: unknown;
  readonly sqlState?: unknown;
  readonly code?: unknown;
  readonly hint?: unknown;
  readonly detail?: unknown;
  readonly position?: unknown;
  /** MySQL's own number, as its drivers and the Data API client name it. */
  readonly errno?: unknown;
  readonly errorNumber?: unknown;
}

/** SQLSTATE classes that speak about the statement: 21 cardinality, 22 data, 42 syntax and names, 0A feature, 2F, 54 limits. */
const aboutStatement = /^(?:0A|21|22|2F|42|54)/;

/**
 * Of MySQL's errors with the state HY000, which says nothing: wrong use of group and window functions, collations that
 * do not mix, values that are none of their type. Source: MySQL 8.0 Error Message Reference.
 */
const aboutStatementInMysql = new Set([1111, 1267, 1270, 1271, 1525, ...Array.from({ length: 25 }, (_unused, index) => 3579 + index)]);

/** Reads the database's words from an error of any driver; null when the error is not about the statement. */
function readComplaint(error: unknown, prefixLength: number): DatabaseComplaint | null {
  if (typeof error !== 'object' || error === null || Nl2SqlError.isInstance(error)) return null;
  const { message, sqlState, code, hint, detail, position, errno, errorNumber } = error as DriverError;
  const state = typeof sqlState === 'string' ? sqlState : typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  if (state === undefined || !(aboutStatement.test(state) || (state === 'HY000' && aboutStatementInMysql.has(Number(errno ?? errorNumber))))) return null;
  const at = Number(position) - prefixLength;
  return {
    message: typeof message === 'string' ? message : 'The database gave no message.',
    sqlState: state,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(Number.isFinite(at) && at >= 1 ? { position: at } : {}),
  };
}

function readTotalCost(row: unknown, dialect: 'postgresql' | 'mysql'): number | null {
  const value: unknown = Array.isArray(row) ? row[0] : typeof row === 'object' && row !== null ? Object.values(row)[0] : row;
  const plan = typeof value === 'string' ? parse(value) : value;
  const cost = dialect === 'postgresql' ? at(at(at(plan, 0), 'Plan'), 'Total Cost') : at(at(at(plan, 'query_block'), 'cost_info'), 'query_cost');
  const number = Number(cost);
  return cost === undefined || !Number.isFinite(number) ? null : number;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}
