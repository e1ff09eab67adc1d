import type { ParameterValue } from '@ask-aurora/nl2sql';
import type { DatabaseResult, ReadOnlyDatabase, ReadOnlyTransaction } from '../ports/read-only-database.js';
import type { StepRecorder } from '../trace/create-step-recorder.js';
import { countRows, type RowCounting } from './count-rows.js';
import type { PlanDecision, PlanGate } from './plan-gate.js';
import { planOf } from './plan-of.js';
import { isResultTooLarge } from './shape-database-error.js';

/** One statement and what it runs under. */
export interface StatementRun {
  readonly sql: string;
  /** Rows that are given out; the statement asks for one more, to know whether there are more. */
  readonly maxRows: number;
  /** Counts the rows of a result that was cut; undefined leaves them uncounted. */
  readonly counting: RowCounting | undefined;
  /** The same statement for fewer rows; undefined when the guard will not have it. */
  readonly withMaxRows: (maxRows: number) => string | undefined;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly statementTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Hears of each text before it is sent, so that an error's position can be read against the right one. */
  readonly onSend: (text: string) => void;
}

/** The rows, or the plan that was not let through. */
export type StatementOutcome =
  | { readonly kind: 'result'; readonly result: DatabaseResult & { readonly cut: boolean }; readonly planCost: number | null; readonly counted: number | null }
  | { readonly kind: 'plan-refused'; readonly decision: Extract<PlanDecision, { readonly ok: false }> };

/** Plans and runs one statement in one read-only transaction, which the database client always rolls back. */
export function runStatement(database: ReadOnlyDatabase, planGate: PlanGate | undefined, run: StatementRun, steps: StepRecorder): Promise<StatementOutcome> {
  const { sql, parameters, settings, statementTimeoutMs, signal } = run;
  const explain = `EXPLAIN (FORMAT JSON, VERBOSE) ${sql}`;
  return database.readOnly<StatementOutcome>({ settings, statementTimeoutMs, signal }, async (transaction) => {
    let planCost: number | null = null;
    if (planGate !== undefined) {
      const decision = await steps.run(
        'plan',
        async () => {
          run.onSend(explain);
          return planGate(planOf(await transaction.query(explain, parameters, { signal })));
        },
        (each) => ({ outcome: each.ok ? 'ok' : 'refused', detail: { totalCost: each.totalCost } }),
      );
      if (!decision.ok) return { kind: 'plan-refused', decision };
      planCost = decision.totalCost;
    }
    const result = await steps.run(
      'execute',
      () => queryWithinSize(transaction, run),
      (each) => ({ outcome: 'ok', detail: { rows: each.rows.length, columns: each.columns.length } }),
    );
    const isCut = result.cut || result.rows.length > run.maxRows;
    const counted = isCut && run.counting !== undefined ? await countRows(transaction, planGate, run.counting, run, steps) : null;
    return { kind: 'result', result, planCost, counted };
  });
}

/**
 * The Data API answers a result above its size limit with an error in place of a part of the rows. The statement is
 * then run again for a quarter of the rows, and so on: the result is cut, not lost.
 */
async function queryWithinSize(transaction: ReadOnlyTransaction, { sql, maxRows, withMaxRows, parameters, signal, onSend }: StatementRun): Promise<DatabaseResult & { readonly cut: boolean }> {
  let statement: string | undefined = sql;
  for (let rows = maxRows; ; ) {
    try {
      onSend(statement);
      return { ...(await transaction.query(statement, parameters, { signal })), cut: rows < maxRows };
    } catch (error) {
      rows = Math.ceil(rows / 4);
      statement = isResultTooLarge(error) && rows > 1 ? withMaxRows(rows) : undefined;
      if (statement === undefined) throw error;
    }
  }
}
