import { explainCost, GuardError, type CostLimits, type CostViolation } from '@ask-aurora/sql-guard';
import type { PlanGate } from './plan-gate.js';

/** What is said of a plan that is not let through. Estimates are kept back: they tell of rows that the caller may not see. */
const reasons: Readonly<Record<CostViolation['rule'], string>> = {
  'total-cost': 'The statement would cost more than is allowed.',
  rows: 'The statement would return more rows than is allowed.',
  'node-rows': 'A step of the statement would produce more rows than is allowed.',
  'sequential-scan': 'The statement would read a large table from end to end.',
};

/**
 * A gate over the planner's estimates.
 *
 * @example
 * ```ts
 * createExecuteQuery({ guard, database, audit, planGate: createPlanGate({ totalCost: 1_000_000, nodeRows: 10_000_000 }) });
 * ```
 */
export function createPlanGate(limits: CostLimits): PlanGate {
  return (plan) => {
    try {
      const verdict = explainCost(plan, limits);
      if (verdict.ok) return { ok: true, totalCost: verdict.totalCost };
      const told = new Set(verdict.violations.map((violation) => `${reasons[violation.rule]} ${violation.hint}`));
      return { ok: false, totalCost: verdict.totalCost, reason: [...told].join(' ') };
    } catch (error) {
      if (!GuardError.isInstance(error)) throw error;
      return { ok: false, totalCost: null, reason: 'The plan of the statement cannot be read.' };
    }
  };
}
