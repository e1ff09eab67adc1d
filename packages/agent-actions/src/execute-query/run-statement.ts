import type { ParameterValue } from '@ask-aurora/nl2sql';
import type { DatabaseResult, ReadOnlyDatabase } from '../ports/read-only-database.js';
import type { StepRecorder } from '../trace/create-step-recorder.js';
import type { PlanDecision, PlanGate } from './plan-gate.js';

/** One statement and what it runs under. */
export interface StatementRun {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly statementTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** The rows, or the plan that was not let through. */
export type StatementOutcome =
  | { readonly kind: 'result'; readonly result: DatabaseResult; readonly planCost: number | null }
  | { readonly kind: 'plan-refused'; readonly decision: Extract<PlanDecision, { readonly ok: false }> };

/** Plans and runs one statement in one read-only transaction, which the database client always rolls back. */
export function runStatement(database: ReadOnlyDatabase, planGate: PlanGate | undefined, run: StatementRun, steps: StepRecorder): Promise<StatementOutcome> {
  const { sql, parameters, settings, statementTimeoutMs, signal } = run;
  return database.readOnly<StatementOutcome>({ settings, statementTimeoutMs, signal }, async (transaction) => {
    let planCost: number | null = null;
    if (planGate !== undefined) {
      const decision = await steps.run(
        'plan',
        async () => planGate(planOf(await transaction.query(`EXPLAIN (FORMAT JSON) ${sql}`, parameters, { signal }))),
        (each) => ({ outcome: each.ok ? 'ok' : 'refused', detail: { totalCost: each.totalCost } }),
      );
      if (!decision.ok) return { kind: 'plan-refused', decision };
      planCost = decision.totalCost;
    }
    const result = await steps.run(
      'execute',
      () => transaction.query(sql, parameters, { signal }),
      (each) => ({ outcome: 'ok', detail: { rows: each.rows.length, columns: each.columns.length } }),
    );
    return { kind: 'result', result, planCost };
  });
}

/** EXPLAIN gives one column of one row: the plan as JSON, parsed or as text. */
function planOf(result: DatabaseResult): unknown {
  const cell = Object.values(result.rows[0] ?? {})[0];
  return typeof cell === 'string' ? JSON.parse(cell) : cell;
}
