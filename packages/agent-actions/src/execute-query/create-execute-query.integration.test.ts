import { createGuard } from '@ask-aurora/sql-guard';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryAudit } from '../audit/create-memory-audit.js';
import { createMemoryResultCache } from '../cache/create-memory-result-cache.js';
import type { Caller } from '../caller/caller.js';
import { createBulkhead } from '../limits/create-bulkhead.js';
import { createCallerLimits } from '../limits/create-caller-limits.js';
import { createCircuitBreaker } from '../limits/create-circuit-breaker.js';
import type { StatementGuard } from '../ports/statement-guard.js';
import { readerPassword, rowValue, shopPolicy, startShop, type Shop } from '../testing/start-shop.js';
import { createExecuteQuery, type ExecuteQueryPorts } from './create-execute-query.js';
import type { RowsResult } from './execute-query-result.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());
afterEach(() => shop.dataApi.faults.clear());

const caller = (tenantId?: string, sessionId = 'session-1'): Caller => ({ sessionId, principal: 'someone', tenant: tenantId === undefined ? {} : { tenantId }, front: 'cli' });
const tenantSettings = [{ attribute: 'tenantId', setting: 'app.tenant_id' }];

function make(ports: Partial<ExecuteQueryPorts> = {}) {
  const audit = createMemoryAudit();
  const faults: unknown[] = [];
  const executeQuery = createExecuteQuery({ guard: shop.guard, database: shop.reader, audit, tenantSettings, onFault: (fault) => faults.push(fault), ...ports });
  return { executeQuery, audit, faults };
}

async function rowsOf(result: ReturnType<ReturnType<typeof make>['executeQuery']>): Promise<RowsResult> {
  const settled = await result;
  if (settled.kind !== 'rows') throw new Error(`No rows: ${JSON.stringify(settled)}`);
  return settled;
}

describe('execute-query on a real database', () => {
  it('gives columns with types, and rows', async () => {
    const { executeQuery, audit } = make();
    const result = await rowsOf(executeQuery({ sql: 'SELECT id, customer, amount, placed_on, count(*) OVER () AS n FROM orders WHERE placed_on >= :since::date ORDER BY id LIMIT 2', parameters: { since: '2024-01-03' }, caller: caller('even') }));
    expect(result.columns).toEqual([{ name: 'id', type: 'int4' }, { name: 'customer', type: 'text' }, { name: 'amount', type: 'numeric' }, { name: 'placed_on', type: 'date' }, { name: 'n', type: 'int8' }]);
    expect(result.rows[0]).toEqual({ id: 2, customer: `${rowValue} 2`, amount: '3.00', placed_on: '2024-01-03', n: 600 });
    expect(result).toMatchObject({ rowCount: 2, truncated: false, cached: false, relations: [{ schema: 'shop', name: 'orders' }] });
    expect(audit.records[0]).toMatchObject({ action: 'execute-query', outcome: 'rows', rows: 2, tenant: { tenantId: 'even' }, relations: ['shop.orders'], verdict: { accepted: true } });
  });

  it('cuts at the row cap and knows whether there was more', async () => {
    const { executeQuery } = make({ limits: { maxRows: 10 } });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).toMatchObject({ rowCount: 10, truncated: true, truncatedBy: 'rows' });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM orders ORDER BY id LIMIT 10', caller: caller('odd') }))).toMatchObject({ rowCount: 10, truncated: false });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd'), maxRows: 3 }))).toMatchObject({ rowCount: 3, truncated: true });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd'), maxRows: 9_999 }))).toMatchObject({ rowCount: 10 });
  });

  it('counts the rows of a result that was cut, and says how many there are', async () => {
    const { executeQuery, audit } = make({ limits: { maxRows: 10 } });
    const total = async (sql: string, more: Partial<Parameters<typeof executeQuery>[0]> = {}) => (await rowsOf(executeQuery({ sql, caller: caller('odd'), ...more }))).total;
    expect(await total('SELECT id FROM orders')).toEqual({ rows: 600, isExact: true });
    expect(await total('SELECT id FROM orders', { maxRows: 3 })).toEqual({ rows: 600, isExact: true });
    expect(await total('SELECT id FROM orders ORDER BY id LIMIT 4')).toEqual({ rows: 4, isExact: true });
    expect(await total('SELECT id FROM orders ORDER BY id LIMIT 400')).toEqual({ rows: 400, isExact: true });
    expect(await total('SELECT id FROM orders WHERE id > :least::int ORDER BY id LIMIT :n', { parameters: { least: 101, n: 50 } })).toEqual({ rows: 50, isExact: true });
    // What a subquery makes of a statement: a comment at its end, a semicolon, a name twice, a set operation, a WITH.
    expect(await total("SELECT id FROM orders WHERE customer <> ';' ; -- all of them;")).toEqual({ rows: 600, isExact: true });
    expect(await total('SELECT a.id, b.id FROM orders a JOIN orders b ON a.id = b.id')).toEqual({ rows: 600, isExact: true });
    expect(await total('SELECT id FROM orders UNION ALL SELECT id FROM orders')).toEqual({ rows: 1_200, isExact: true });
    expect(await total('WITH early AS (SELECT id FROM orders WHERE id < 102) SELECT id FROM early')).toEqual({ rows: 51, isExact: true });
    expect(audit.records[0]).toMatchObject({ rows: 10, truncated: true, total: { rows: 600, isExact: true }, durations: { count: expect.any(Number) as number } });
    expect(shop.dataApi.stats().transactions).toBe(0);
  });

  it('does not count what was not cut, nor when it is told not to', async () => {
    const { executeQuery, audit } = make({ limits: { maxRows: 600 } });
    expect((await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).total).toEqual({ rows: 600, isExact: true });
    const silent = make({ limits: { maxRows: 10, countRows: 0 } });
    expect((await rowsOf(silent.executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).total).toEqual({ rows: 10, isExact: false });
    for (const record of [...audit.records, ...silent.audit.records]) expect(record.durations).not.toHaveProperty('count');
  });

  it('gives the rows with what is known of their number when counting goes too far, takes too long or costs too much', async () => {
    const sql = 'SELECT id FROM orders';
    expect(await rowsOf(make({ limits: { maxRows: 10, countRows: 50 } }).executeQuery({ sql, caller: caller('odd') }))).toMatchObject({ rowCount: 10, total: { rows: 50, isExact: false } });
    const slow = make({ limits: { maxRows: 10, countRows: 100_000_000, countTimeoutMs: 100 } });
    expect(await rowsOf(slow.executeQuery({ sql: 'SELECT a.id FROM orders a, orders b, orders c', caller: caller('odd') }))).toMatchObject({ rowCount: 10, total: { rows: 10, isExact: false } });
    expect(slow.audit.records[0]).toMatchObject({ outcome: 'rows', total: { rows: 10, isExact: false } });
    let plans = 0;
    const gated = make({ limits: { maxRows: 10 }, planGate: () => ((plans += 1) === 1 ? { ok: true, totalCost: 1 } : { ok: false, totalCost: 9, reason: 'Too much.' }) });
    expect(await rowsOf(gated.executeQuery({ sql, caller: caller('odd') }))).toMatchObject({ rowCount: 10, total: { rows: 10, isExact: false }, planCost: 1 });
    expect(plans).toBe(2);
    expect(shop.dataApi.stats().transactions).toBe(0);
  });

  it('counts nothing that the guard would not let through, and only rows of the tenant', async () => {
    const enforced: string[] = [];
    const guard: StatementGuard = { ...shop.guard, enforce: (sql, context) => (enforced.push(sql), sql.includes('count(*)') ? { ok: false, violations: [] } : shop.guard.enforce(sql, context)) };
    expect((await rowsOf(make({ guard, limits: { maxRows: 10 } }).executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).total).toEqual({ rows: 10, isExact: false });
    expect(enforced.at(-1)).toContain('count(*)');
    // The owner of the tables, whom row-level security does not bind: only the guard's filter holds.
    const filtering = await createGuard({ version: 17, policy: { ...shopPolicy, tenantFilters: [{ schema: 'shop', table: 'orders', column: 'tenant_id', value: 'tenantId' }] } });
    const { executeQuery } = make({ guard: filtering, database: shop.admin, tenantSettings: [], limits: { maxRows: 10 } });
    expect((await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).total).toEqual({ rows: 600, isExact: true });
    expect((await rowsOf(executeQuery({ sql: 'SELECT id FROM documents', caller: caller('odd') }))).total).toEqual({ rows: 200, isExact: true });
  });

  it("knows a result of just as many rows as the policy's own cap from one that was cut by it", async () => {
    const guard = await createGuard({ version: 17, policy: { ...shopPolicy, maxRows: 200 } });
    const { executeQuery } = make({ guard });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM documents', caller: caller('odd') }))).toMatchObject({ rowCount: 200, truncated: false, total: { rows: 200, isExact: true } });
    expect(await rowsOf(executeQuery({ sql: 'SELECT id FROM orders', caller: caller('odd') }))).toMatchObject({ rowCount: 200, truncated: true, truncatedBy: 'rows', total: { rows: 600, isExact: true } });
  });

  it('cuts a result that the Data API would not give out, and one above its own cap of bytes', async () => {
    const { executeQuery } = make();
    const large = await rowsOf(executeQuery({ sql: 'SELECT id, body FROM documents ORDER BY id', caller: caller('odd') }));
    expect(large).toMatchObject({ truncated: true, truncatedBy: 'bytes' });
    expect(large.rowCount).toBeGreaterThan(1);
    expect(large.total).toEqual({ rows: 200, isExact: true });
    const small = await rowsOf(make({ limits: { maxBytes: 50_000 } }).executeQuery({ sql: 'SELECT id, body FROM documents ORDER BY id LIMIT 20', caller: caller('odd') }));
    expect(small).toMatchObject({ rowCount: 2, truncatedBy: 'bytes', total: { rows: 20, isExact: true } });
    expect(small.bytes).toBeLessThanOrEqual(50_000);
  });

  it.each([
    ['a write', "INSERT INTO orders VALUES (1, 'odd', 'x', 1, now())"],
    ['a second statement', 'SELECT 1; DELETE FROM orders'],
    ['a commit', 'COMMIT; DELETE FROM orders'],
    ['a table outside the policy', 'SELECT * FROM private.salaries'],
    ['a change of the tenant', "SELECT set_config('app.tenant_id', 'even', true), id FROM orders"],
    ['a sleep', 'SELECT pg_sleep(10)'],
    ['EXPLAIN ANALYZE', 'EXPLAIN ANALYZE SELECT * FROM orders'],
  ])('refuses %s before the database sees anything', async (_, sql) => {
    const { executeQuery, audit } = make();
    const before = shop.dataApi.stats();
    expect(await executeQuery({ sql, caller: caller('odd') })).toMatchObject({ kind: 'refusal', stage: 'guard' });
    expect(shop.dataApi.stats()).toEqual(before);
    expect(audit.records[0]).toMatchObject({ outcome: 'refusal', reasonCode: 'guard', verdict: { accepted: false } });
  });

  it('refuses a write at the transaction and at the role when the guard is taken away', async () => {
    const open = { policy: { searchPath: ['shop'], maxRows: null }, check: accept, enforce: accept };
    const sql = "INSERT INTO shop.orders VALUES (9999, 'odd', 'x', 1, now())";
    for (const database of [shop.reader, shop.admin]) {
      expect(await make({ guard: open, database }).executeQuery({ sql, caller: caller('odd') })).toMatchObject({ kind: 'failure', code: 'permission-denied' });
    }
    // The role by itself, without READ ONLY.
    await expect(shop.reader.execute(sql)).rejects.toMatchObject({ sqlState: '42501' });
    expect(await shop.admin.maybeOne('SELECT id FROM shop.orders WHERE id = 9999')).toBeUndefined();
  });

  it.each([
    ['missing', {}, 'missing'],
    ['unknown', { id: 1, other: 2 }, 'unknown'],
    ['ill-typed', { id: 'x' }, 'ill-typed'],
  ])('refuses a %s parameter with the reason', async (_, parameters, problem) => {
    const { executeQuery } = make();
    expect(await executeQuery({ sql: 'SELECT id FROM orders WHERE id = :id::int', parameters, caller: caller('odd') })).toMatchObject({ kind: 'refusal', stage: 'parameters', parameterProblems: [{ problem }] });
  });

  it('binds values, so that none of them is read as SQL', async () => {
    const { executeQuery } = make();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("' OR '1'='1", "'; DROP TABLE shop.orders; --", '\\', ':id', '$1')).filter((value) => !value.includes('\0')), async (customer) => {
        const result = await rowsOf(executeQuery({ sql: 'SELECT :customer AS echo, count(*) AS n FROM orders WHERE customer = :customer', parameters: { customer }, caller: caller('odd', `fuzz-${customer}`) }));
        expect(result.rows).toEqual([{ echo: customer, n: 0 }]);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a session without its tenant, or with one that is malformed', async () => {
    const { executeQuery } = make();
    expect(await executeQuery({ sql: 'SELECT id FROM orders', caller: caller() })).toMatchObject({ kind: 'refusal', stage: 'tenant' });
    expect(await executeQuery({ sql: 'SELECT id FROM orders', caller: caller("odd' OR true --") })).toMatchObject({ kind: 'refusal', stage: 'tenant' });
  });

  it('never gives one tenant a row of another, in any order of calls and with a shared cache', async () => {
    const cache = createMemoryResultCache<RowsResult>();
    const { executeQuery } = make({ cache, schemaHash: 'h' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ tenant: fc.constantFrom('odd', 'even', 'nobody'), from: fc.integer({ min: 1, max: 5 }) }), { minLength: 2, maxLength: 8 }), async (calls) => {
        const results = await Promise.all(calls.map(({ tenant, from }, index) => rowsOf(executeQuery({ sql: 'SELECT tenant_id FROM orders WHERE id >= :from::int ORDER BY id LIMIT 20', parameters: { from }, caller: caller(tenant, `s${index}`) }))));
        for (const [index, result] of results.entries()) {
          const tenant = calls[index]!.tenant;
          expect(result.rows.length).toBe(tenant === 'nobody' ? 0 : 20);
          for (const row of result.rows) expect(row['tenant_id']).toBe(tenant);
        }
      }),
      { numRuns: 15 },
    );
    expect(cache.size).toBeGreaterThan(0);
  });

  it("takes the tenant for the guard's own filters from the session, where a table has no row-level security", async () => {
    const guard = await createGuard({ version: 17, policy: { ...shopPolicy, tenantFilters: [{ schema: 'shop', table: 'orders', column: 'tenant_id', value: 'tenantId' }] } });
    // The owner of the tables, whom row-level security does not bind.
    const { executeQuery, audit } = make({ guard, database: shop.admin, tenantSettings: [] });
    const sql = 'SELECT DISTINCT tenant_id FROM orders';
    expect((await rowsOf(executeQuery({ sql, caller: caller('even') }))).rows).toEqual([{ tenant_id: 'even' }]);
    expect((await rowsOf(executeQuery({ sql, caller: caller("x' OR 'a'='a") }))).rows).toEqual([]);
    expect(await executeQuery({ sql, caller: caller() })).toMatchObject({ kind: 'refusal', stage: 'tenant' });
    expect(audit.records[0]).toMatchObject({ tenant: { tenantId: 'even' } });
  });

  it('gives a result again from the cache, to the same tenant and schema only', async () => {
    let at = 0;
    const cache = createMemoryResultCache<RowsResult>({ ttlMs: 1_000, now: () => at });
    const first = make({ cache, schemaHash: 'one' });
    const sql = 'SELECT count(*) AS n FROM orders';
    const again = () => rowsOf(first.executeQuery({ sql, caller: caller('odd') }));
    expect((await again()).cached).toBe(false);
    expect((await again()).cached).toBe(true);
    expect(first.audit.records.map((record) => record.cache)).toEqual(['miss', 'hit']);
    expect((await rowsOf(first.executeQuery({ sql, caller: caller('even') }))).cached).toBe(false);
    expect((await rowsOf(make({ cache, schemaHash: 'two' }).executeQuery({ sql, caller: caller('odd') }))).cached).toBe(false);
    at = 1_000;
    expect((await again()).cached).toBe(false);
  });

  it('does without a cache that fails', async () => {
    const cache = { get: () => Promise.reject(new Error('table is gone')), set: () => Promise.reject(new Error('table is gone')) };
    const { executeQuery, faults, audit } = make({ cache, schemaHash: 'h' });
    expect(await rowsOf(executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') }))).toMatchObject({ rows: [{ one: 1 }], cached: false });
    expect(faults).toHaveLength(2);
    expect(audit.records[0]).toMatchObject({ cache: 'miss', outcome: 'rows' });
  });

  it('lets a plan run only after the gate has seen it', async () => {
    const seen: unknown[] = [];
    const { executeQuery, audit } = make({ planGate: (plan) => (seen.push(plan), { ok: false, totalCost: 12_345, reason: 'The statement would read too much.' }) });
    expect(await executeQuery({ sql: 'SELECT id FROM orders WHERE id > :id::int', parameters: { id: 3 }, caller: caller('odd') })).toMatchObject({ kind: 'refusal', stage: 'plan', reason: 'The statement would read too much.' });
    expect(seen[0]).toMatchObject([{ Plan: { 'Total Cost': expect.any(Number) as number } }]);
    expect(audit.records[0]).toMatchObject({ planCost: 12_345, rows: null });
  });

  it('says where a statement went wrong in words of its own', async () => {
    const open = { policy: { searchPath: ['shop'], maxRows: null }, check: accept, enforce: accept };
    const { executeQuery } = make({ guard: open, planGate: () => ({ ok: true, totalCost: 1 }) });
    expect(await executeQuery({ sql: 'SELECT costumer FROM orders', caller: caller('odd') })).toMatchObject({ kind: 'failure', code: 'sql-error', sqlState: '42703', near: 'costumer', retryable: false });
    const leaky = await executeQuery({ sql: 'SELECT customer::int FROM orders', caller: caller('odd') });
    expect(leaky).toMatchObject({ kind: 'failure', sqlState: '22P02' });
    expect(JSON.stringify(leaky)).not.toContain('Zephyrine');
  });

  it.each([
    ['SELECT count(DISTINCT customer) OVER () FROM orders', 'sql-error'],
    ['SELECT a.id FROM orders a FULL JOIN orders b ON a.id < b.id', 'sql-error'],
    ['SELECT CASE WHEN id > 1 THEN generate_series(1, 2) END FROM orders', 'sql-error'],
    ["SELECT 'infinity'::date AS due FROM orders", 'unsupported-type'],
  ])('%s is the statement\'s fault, which a model can mend, and opens no circuit breaker', async (sql, code) => {
    const circuitBreaker = createCircuitBreaker({ failures: 1, openMs: 1_000 });
    expect(await make({ circuitBreaker }).executeQuery({ sql, caller: caller('odd') })).toMatchObject({ kind: 'failure', code, retryable: false });
    expect(circuitBreaker.state).toBe('closed');
  });

  it('ends a statement that runs too long, and leaves no transaction open', async () => {
    const { executeQuery } = make({ limits: { statementTimeoutMs: 200 } });
    expect(await executeQuery({ sql: 'SELECT count(*) FROM orders a, orders b, orders c, orders d', caller: caller('odd') })).toMatchObject({ kind: 'failure', code: 'timeout', sqlState: '57014' });
    expect(shop.dataApi.stats().transactions).toBe(0);
  });

  it('passes a deadline down to the database and to waiting for it', async () => {
    const { executeQuery } = make();
    expect(await executeQuery({ sql: 'SELECT count(*) FROM orders a, orders b, orders c, orders d', caller: caller('odd'), deadlineMs: 1_500 })).toMatchObject({ kind: 'failure', code: 'timeout' });
    shop.dataApi.faults.resumeFor(60_000);
    expect(await executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd'), deadlineMs: 500 })).toMatchObject({ kind: 'failure', code: 'database-unavailable', retryable: true });
  });

  it('waits for a database that resumes', async () => {
    shop.dataApi.faults.resumeFor(500);
    expect(await rowsOf(make().executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') }))).toMatchObject({ rows: [{ one: 1 }] });
  });

  it('stops when the caller gives up', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await make().executeQuery({ sql: 'SELECT count(*) FROM orders a, orders b, orders c, orders d', caller: caller('odd'), signal: controller.signal })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });

  it('leaves a failing database alone for a while, and comes back to it', async () => {
    let at = 0;
    const circuitBreaker = createCircuitBreaker({ failures: 2, openMs: 1_000, now: () => at });
    const { executeQuery, faults } = make({ circuitBreaker });
    const call = () => executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd'), deadlineMs: 8_000 });
    const fault = shop.dataApi.faults.inject({ fault: { kind: 'error', name: 'ForbiddenException' } });
    onTestFinished(() => shop.dataApi.faults.clear());
    expect(await call()).toMatchObject({ kind: 'failure', code: 'internal' });
    expect(faults).toHaveLength(1);
    shop.dataApi.faults.clear();
    shop.dataApi.faults.inject({ fault: { kind: 'error', name: 'DatabaseUnavailableException' } });
    await call();
    await call();
    const hits = fault.hits;
    expect(circuitBreaker.state).toBe('open');
    expect(await call()).toMatchObject({ kind: 'failure', code: 'database-unavailable', retryable: true, retryAfterMs: 1_000 });
    expect(fault.hits).toBe(hits);
    shop.dataApi.faults.clear();
    at = 1_000;
    expect(await call()).toMatchObject({ kind: 'rows' });
    expect(circuitBreaker.state).toBe('closed');
  });

  it.each([[900, 'closed'], [3_000, 'open']] as const)('takes a database that did not answer within %i ms for one whose circuit is %s', async (deadlineMs, state) => {
    const circuitBreaker = createCircuitBreaker({ failures: 1, openMs: 60_000 });
    shop.dataApi.faults.inject({ fault: { kind: 'latency', milliseconds: 30_000 }, operations: ['BeginTransaction'] });
    expect(await make({ circuitBreaker }).executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd'), deadlineMs })).toMatchObject({ kind: 'failure' });
    expect(circuitBreaker.state).toBe(state);
  });

  it('begins no more transactions than it may, and answers those who waited too long', async () => {
    const bulkhead = createBulkhead({ capacity: 1 });
    const { executeQuery } = make({ bulkhead });
    const controller = new AbortController();
    const slow = executeQuery({ sql: 'SELECT count(*) FROM orders a, orders b, orders c, orders d', caller: caller('odd'), signal: controller.signal });
    await expect.poll(() => bulkhead.active).toBe(1);
    expect(await executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd'), deadlineMs: 100 })).toMatchObject({ kind: 'failure', code: 'throttled', retryable: true });
    const waiting = executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') });
    await expect.poll(() => bulkhead.waiting).toBe(1);
    controller.abort();
    expect(await waiting).toMatchObject({ kind: 'rows' });
    expect(await slow).toMatchObject({ kind: 'failure', code: 'aborted' });
    expect(bulkhead.active).toBe(0);
  });

  it('counts calls against the session', async () => {
    const callerLimits = createCallerLimits({ burst: 1, callsPerMinute: 1 });
    const { executeQuery, audit } = make({ callerLimits });
    expect(await executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') })).toMatchObject({ kind: 'rows' });
    expect(await executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') })).toMatchObject({ kind: 'failure', code: 'too-fast', retryable: true });
    expect(audit.records.map((record) => record.reasonCode)).toEqual([null, 'too-fast']);
  });

  it('withholds a result that could not be recorded', async () => {
    const { executeQuery } = make({ audit: { record: () => Promise.reject(new Error('disk full')) } });
    expect(await executeQuery({ sql: 'SELECT 1 AS one', caller: caller('odd') })).toMatchObject({ kind: 'failure', code: 'internal', message: expect.stringContaining('recorded') as string });
  });

  it('keeps values of rows, of parameters and of secrets out of the audit and of what is said of faults', async () => {
    const { executeQuery, audit } = make();
    await executeQuery({ sql: `SELECT customer FROM orders WHERE customer = '${rowValue} 1' OR customer = :name`, parameters: { name: `${rowValue} 3` }, caller: caller('odd') });
    await executeQuery({ sql: `DELETE FROM orders WHERE customer = '${rowValue} 1'`, caller: caller('odd') });
    await executeQuery({ sql: 'SELECT id FROM orders WHERE id = :id::int', parameters: { id: `${rowValue}` }, caller: caller('odd') });
    expect(audit.records).toHaveLength(3);
    expect(audit.records[0]).toMatchObject({ rows: 2, statement: { redacted: "SELECT customer FROM orders WHERE customer = '?' OR customer = :name", parameters: ['name'] } });
    const text = JSON.stringify(audit.records);
    for (const secret of [rowValue, 'Zephyrine', readerPassword, shop.postgres.adminPassword]) expect(text).not.toContain(secret);
  });
});

function accept(sql: string) {
  return { ok: true as const, statement: { sql, relations: [], parameters: [], rowLimit: null, fingerprint: '' } };
}
