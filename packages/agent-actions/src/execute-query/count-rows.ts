import type { ParameterValue } from '@ask-aurora/nl2sql';
import { createDeadline } from '../limits/create-deadline.js';
import { scanSql } from '../parameters/scan-sql.js';
import type { ReadOnlyTransaction } from '../ports/read-only-database.js';
import type { StepRecorder } from '../trace/create-step-recorder.js';
import type { PlanGate } from './plan-gate.js';
import { planOf } from './plan-of.js';

/** How the rows of a cut result are counted. */
export interface RowCounting {
  /** The guarded counting statement; undefined when the guard will not have it. */
  readonly statement: () => string | undefined;
  /** Milliseconds that counting may take, of those that are left to the call. */
  readonly timeoutMs: () => number;
}

/** Less time than this is not worth two more calls. */
const leastMs = 100;
/** The database ends the count by itself; a connection that says nothing is given up a little later. */
const graceMs = 250;

/**
 * A statement that counts the rows of another, up to one more than `limit`: it is cut off there, so that a count costs
 * no more than so many rows. It is text for the guard, which has to accept it like any other.
 */
export function countingStatement(sql: string, limit: number): string {
  const bare = scanSql(sql).map((piece) => (piece.kind === 'code' ? piece.text.replaceAll(';', ' ') : piece.text)).join('');
  return `SELECT count(*) AS counted FROM (SELECT 1 FROM (\n${bare}\n) AS whole LIMIT ${limit + 1}) AS bounded`;
}

/**
 * Counts in the transaction that gave the rows: same snapshot settings, same tenant, same plan gate, a statement timeout
 * of its own. Null when the rows could not be counted; the rows that were read are worth giving without it.
 */
export async function countRows(
  transaction: ReadOnlyTransaction,
  planGate: PlanGate | undefined,
  { statement, timeoutMs }: RowCounting,
  run: { readonly parameters: Readonly<Record<string, ParameterValue>>; readonly signal: AbortSignal },
  steps: StepRecorder,
): Promise<number | null> {
  const budget = Math.floor(timeoutMs());
  const sql = budget < leastMs ? undefined : statement();
  if (sql === undefined) return null;
  const deadline = createDeadline(budget + graceMs, run.signal);
  const { signal } = deadline;
  try {
    return await steps.run(
      'count',
      async () => {
        await transaction.query("SELECT set_config('statement_timeout', :milliseconds, true)", { milliseconds: String(budget) }, { signal });
        if (planGate !== undefined && !planGate(planOf(await transaction.query(`EXPLAIN (FORMAT JSON, VERBOSE) ${sql}`, run.parameters, { signal }))).ok) return null;
        const { rows } = await transaction.query(sql, run.parameters, { signal });
        const counted = Number(rows[0]?.['counted']);
        return Number.isSafeInteger(counted) ? counted : null;
      },
      (counted) => ({ outcome: counted === null ? 'refused' : 'ok', detail: { counted } }),
    );
  } catch {
    return null;
  } finally {
    deadline.dispose();
  }
}
