import { z } from 'zod';
import type { PlanGate } from './plan-gate.js';

const plan = z.tuple([z.looseObject({ Plan: z.looseObject({ 'Total Cost': z.number(), 'Plan Rows': z.number() }) })]).rest(z.unknown());

/** A gate that refuses plans above a total cost, in the planner's own units (a sequential page read is 1). */
export function createPlanGate(limits: { readonly totalCost: number }): PlanGate {
  return (output) => {
    const parsed = plan.safeParse(output);
    if (!parsed.success) return { ok: false, totalCost: null, reason: 'The plan of the statement cannot be read.' };
    const totalCost = parsed.data[0].Plan['Total Cost'];
    if (totalCost <= limits.totalCost) return { ok: true, totalCost };
    return { ok: false, totalCost, reason: `The statement would cost ${Math.round(totalCost)} by the planner's estimate; ${limits.totalCost} are allowed. Add a filter or an aggregate.` };
  };
}
