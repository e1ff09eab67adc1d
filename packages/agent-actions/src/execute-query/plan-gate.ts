/** What the gate says of a plan. */
export type PlanDecision = { readonly ok: true; readonly totalCost: number | null } | { readonly ok: false; readonly totalCost: number | null; readonly reason: string };

/**
 * Judges the output of `EXPLAIN (FORMAT JSON)`, already parsed, before the statement runs.
 * `@ask-aurora/sql-guard` gives one for its limits: see `createPlanGate`.
 */
export type PlanGate = (plan: unknown) => PlanDecision;
