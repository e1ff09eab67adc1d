import { describe, expect, it } from 'vitest';
import { GuardError } from '../verdict/guard-error.js';
import { explainCost } from './explain-cost.js';

const plan = [{
  Plan: {
    'Node Type': 'Aggregate', 'Total Cost': 900.5, 'Plan Rows': 10,
    Plans: [{
      'Node Type': 'Nested Loop', 'Total Cost': 800, 'Plan Rows': 5_000_000,
      Plans: [
        { 'Node Type': 'Seq Scan', 'Relation Name': 'events', Schema: 'public', 'Total Cost': 50, 'Plan Rows': 100 },
        { 'Node Type': 'Index Scan', 'Relation Name': 'users', Schema: 'public', 'Total Cost': 5, 'Plan Rows': 1 },
      ],
    }],
  },
}];

describe('explainCost', () => {
  it.each([
    [{}, []],
    [{ totalCost: 900.5, rows: 10, nodeRows: 5_000_000 }, []],
    [{ totalCost: 900 }, ['total-cost']],
    [{ rows: 9 }, ['rows']],
    [{ nodeRows: 4_999_999 }, ['node-rows']],
    [{ noSequentialScan: ['events'] }, ['sequential-scan']],
    [{ noSequentialScan: ['public.events'] }, ['sequential-scan']],
    [{ noSequentialScan: ['other.events', 'users'] }, []],
    [{ totalCost: 1, rows: 1, nodeRows: 1, noSequentialScan: ['events'] }, ['total-cost', 'rows', 'node-rows', 'node-rows', 'node-rows', 'sequential-scan']],
  ])('judges a plan by %j', (limits, rules) => {
    const verdict = explainCost(plan, limits);
    expect(verdict).toMatchObject({ totalCost: 900.5, rows: 10 });
    expect(verdict.ok ? [] : verdict.violations.map(({ rule }) => rule)).toEqual(rules);
  });

  it('reads the plan as text too, and tells where the fault is', () => {
    const verdict = explainCost(JSON.stringify(plan), { noSequentialScan: ['events'] });
    expect(verdict.ok ? '' : verdict.violations[0]?.path).toBe('Aggregate > Nested Loop > Seq Scan on events');
  });

  it('counts a table by its bare name where the plan names no schema', () => {
    const bare = [{ Plan: { 'Node Type': 'Seq Scan', 'Relation Name': 'events', 'Total Cost': 1, 'Plan Rows': 1 } }];
    expect(explainCost(bare, { noSequentialScan: ['public.events'] }).ok).toBe(false);
  });

  it.each(['nothing', {}, [], [{ Plan: { 'Node Type': 'X' } }], null])('does not take %j for a plan', (value) => {
    expect(() => explainCost(value, {})).toThrow(GuardError);
  });
});
