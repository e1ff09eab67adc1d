import { describe, expect, it } from 'vitest';
import { createPlanGate } from './create-plan-gate.js';

const plan = [{ Plan: { 'Node Type': 'Aggregate', 'Total Cost': 98_765.4, 'Plan Rows': 1, Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'orders', Schema: 'shop', 'Total Cost': 90_000, 'Plan Rows': 54_321 }] } }];

describe('the plan gate', () => {
  it('lets a plan within its limits through, with its cost', () => {
    expect(createPlanGate({ totalCost: 100_000 })(plan)).toEqual({ ok: true, totalCost: 98_765.4 });
  });

  it.each([
    [{ totalCost: 10 }, /cost more/],
    [{ nodeRows: 1_000 }, /step/],
    [{ noSequentialScan: ['shop.orders'] }, /end to end/],
  ])('refuses one outside %j, without the estimates', (limits, reason) => {
    const decision = createPlanGate(limits)(plan);
    expect(decision).toMatchObject({ ok: false, totalCost: 98_765.4, reason: expect.stringMatching(reason) as string });
    expect(!decision.ok && decision.reason).not.toMatch(/\d/);
  });

  it('refuses what it cannot read', () => {
    expect(createPlanGate({ totalCost: 10 })({ Plan: 1 })).toMatchObject({ ok: false, totalCost: null });
  });
});
