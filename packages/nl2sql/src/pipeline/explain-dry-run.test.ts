import { describe, expect, it } from 'vitest';
import { createExplainDryRun } from './explain-dry-run.js';

const statement = { sql: 'SELECT name FROM t WHERE a = :a', parameters: { a: 1 } };
const plan = [{ 'QUERY PLAN': [{ Plan: { 'Node Type': 'Seq Scan', 'Total Cost': 812.5 } }] }];
const failing = (error: object) => createExplainDryRun({ run: () => Promise.reject(Object.assign(new Error('boom'), error)) })(statement, {});

describe('a dry run by EXPLAIN', () => {
  it('plans the statement with its parameters and gives its cost', async () => {
    const seen: unknown[] = [];
    const dryRun = createExplainDryRun({ run: async (sql, parameters) => (seen.push([sql, parameters]), plan) });
    expect(await dryRun(statement, {})).toEqual({ ok: true, totalCost: 812.5 });
    expect(seen).toEqual([['EXPLAIN (FORMAT JSON) SELECT name FROM t WHERE a = :a', { a: 1 }]]);
  });

  it.each([
    ['rows of arrays', [[JSON.stringify([{ Plan: { 'Total Cost': 3 } }])]], 3],
    ['a plan as text', [{ plan: JSON.stringify([{ Plan: { 'Total Cost': 3 } }]) }], 3],
    ['a plan nobody understands', [{ plan: 'Seq Scan' }], null],
  ])('reads %s', async (_name, rows, totalCost) => {
    expect(await createExplainDryRun({ run: async () => rows })(statement, {})).toEqual({ ok: true, totalCost });
  });

  it('reads a plan of MySQL', async () => {
    const seen: string[] = [];
    const dryRun = createExplainDryRun({ dialect: 'mysql', run: async (sql) => (seen.push(sql), [{ EXPLAIN: '{"query_block":{"cost_info":{"query_cost":"12.50"}}}' }]) });
    expect(await dryRun(statement, {})).toEqual({ ok: true, totalCost: 12.5 });
    expect(seen[0]).toMatch(/^EXPLAIN FORMAT=JSON SELECT/);
  });

  it('refuses a plan that is too dear', async () => {
    expect(await createExplainDryRun({ run: async () => plan, maxCost: 500 })(statement, {})).toMatchObject({ ok: false, error: { message: 'The plan costs 813, more than the 500 allowed.' } });
  });

  it('gives the database\'s words about the statement, with the place in the statement itself', async () => {
    expect(await failing({ code: '42703', hint: 'Perhaps you meant "names".', detail: 'd', position: '30' })).toEqual({ ok: false, error: { message: 'boom', sqlState: '42703', hint: 'Perhaps you meant "names".', detail: 'd', position: 8 } });
    expect(await failing({ sqlState: '22012' })).toMatchObject({ ok: false, error: { sqlState: '22012' } });
  });

  it('knows what of MySQL is about the statement', async () => {
    expect(await failing({ code: 'ER_BAD_FIELD_ERROR', sqlState: '42S22', errno: 1054 })).toMatchObject({ ok: false, error: { sqlState: '42S22' } });
    expect(await failing({ code: 'ER_INVALID_GROUP_FUNC_USE', sqlState: 'HY000', errno: 1111 })).toMatchObject({ ok: false });
    expect(await failing({ code: 'database-error', sqlState: 'HY000', errorNumber: 3593 })).toMatchObject({ ok: false });
    await expect(failing({ code: 'ER_LOCK_WAIT_TIMEOUT', sqlState: 'HY000', errno: 1205 })).rejects.toThrow('boom');
  });

  it.each([{ code: '57014' }, { code: '08006' }, { code: 'ECONNREFUSED' }, { code: '53300' }, {}])('throws what is not about the statement: %j', async (error) => {
    await expect(failing(error)).rejects.toThrow('boom');
  });
});
