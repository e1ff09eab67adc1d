import { describe, expect, it } from 'vitest';
import { createGuard } from '../index.js';
import { grammarVersions } from '../testing/grammar-versions.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

const policy: GuardPolicyInput = {
  version: 1,
  searchPath: ['public'],
  tables: [
    { schema: 'public', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
    { schema: 'public', name: 'customers', columns: ['id', 'name', 'country'], hiddenColumns: ['password'], columnsAreComplete: true },
    { schema: 'public', name: 'partial', columns: ['id', 'label'] },
  ],
};

describe.each(grammarVersions)('the guard with the grammar of PostgreSQL %i', (version) => {
  it.each([
    ['SELECT count(*) FROM orders;', ['orders']],
    ["SELECT o.id, 'DELETE; update -- created_at' FROM public.orders AS o -- drop table", ['orders']],
    ['WITH t(n) AS (SELECT 1 UNION ALL SELECT 2) SELECT n FROM t', []],
    ['WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t', []],
    ['WITH orders AS (SELECT 1 AS x) SELECT x FROM orders', []],
    ['SELECT c.name, o.amount FROM customers c JOIN orders o ON o.customer_id = c.id', ['customers', 'orders']],
    ['SELECT * FROM orders ORDER BY placed_at DESC LIMIT 3', ['orders']],
    ['SELECT country AS where_from, count(*) FROM customers GROUP BY where_from ORDER BY 2', ['customers']],
    ['SELECT name FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)', ['customers', 'orders']],
    ['SELECT (o).amount FROM orders o', ['orders']],
    ['SELECT amount FROM orders WHERE id = :id AND amount > :least::numeric', ['orders']],
  ])('accepts %s', async (sql, relations) => {
    const guard = await createGuard({ version, policy });
    const verdict = guard.check(sql);
    expect(verdict).toMatchObject({ ok: true });
    if (verdict.ok) expect(verdict.statement.relations.map(({ name }) => name)).toEqual(relations);
  });

  it.each([
    ['', 'input-empty'],
    ['SELECT 1\0; DELETE FROM orders', 'input-not-text'],
    ["SELECT '\ud800'", 'input-not-text'],
    ['SELECT 1 /*+ SeqScan(orders) */', 'input-hint-comment'],
    ['SELECT 1; SELECT 2', 'multiple-statements'],
    ['SELEC 1', 'syntax'],
    ['DELETE FROM orders', 'data-modification'],
    ['EXPLAIN ANALYZE SELECT 1', 'statement-type'],
    ['WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d', 'data-modification'],
    ['SELECT 1 INTO t', 'select-into'],
    ['SELECT id FROM orders FOR UPDATE', 'row-locking'],
    ['SELECT * FROM secrets', 'relation'],
    ['WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets', 'relation'],
    ['SELECT * FROM pg_authid', 'system-catalog'],
    ['SELECT * FROM other.public.orders', 'cross-database'],
    ['SELECT password FROM customers', 'column'],
    ['SELECT * FROM customers', 'wildcard'],
    ['SELECT c FROM customers c', 'wildcard'],
    ['SELECT to_jsonb(c) FROM customers c', 'wildcard'],
    ['SELECT x.b FROM customers x(a, b, d, e)', 'column'],
    ['SELECT 1 FROM customers a JOIN customers b USING (password)', 'column'],
    ['SELECT 1 FROM customers NATURAL JOIN orders', 'column'],
    ['SELECT secret FROM partial', 'column'],
    ['SELECT o.nothing FROM orders o', 'unknown-column'],
    ['SELECT (amount).pg_sleep FROM orders', 'attribute-notation'],
    ['SELECT o.pg_sleep FROM orders o', 'unknown-column'],
    ['SELECT pg_sleep(1)', 'function'],
    ['SELECT public.lower(name) FROM customers', 'function'],
    ['SELECT 1 OPERATOR(public.+) 2', 'operator'],
    ["SELECT 'orders'::regclass", 'type'],
    ["SELECT repeat(repeat('x', 10000), 10000)", 'limit'],
    ['SELECT current_user', 'function'],
    ['SHOW ALL', 'statement-type'],
  ])('refuses %s', async (sql, rule) => {
    const guard = await createGuard({ version, policy });
    const verdict = guard.check(sql);
    expect(verdict.ok ? [] : verdict.violations.map((violation) => violation.rule)).toContain(rule);
  });
});

describe('enforce', () => {
  it.each([
    ['SELECT id FROM orders', 'SELECT id FROM "public".orders LIMIT 1001', 1000],
    ['SELECT id FROM orders; -- all', 'SELECT id FROM "public".orders LIMIT 1001; -- all', 1000],
    ['SELECT id FROM public.orders LIMIT 10', 'SELECT id FROM public.orders LIMIT 10', 10],
    ['SELECT id FROM public.orders LIMIT 5000', 'SELECT id FROM public.orders LIMIT 1001', 1000],
    ['SELECT id FROM public.orders LIMIT :n', 'SELECT * FROM (\nSELECT id FROM public.orders LIMIT :n\n) AS guarded LIMIT 1001', 1000],
    ['SELECT 1 UNION SELECT 2', 'SELECT 1 UNION SELECT 2 LIMIT 1001', 1000],
    ['WITH o AS (SELECT id FROM orders) SELECT id FROM o', 'WITH o AS (SELECT id FROM "public".orders) SELECT id FROM o LIMIT 1001', 1000],
  ])('rewrites %s', async (sql, expected, rowLimit) => {
    const guard = await createGuard({ policy });
    expect(guard.enforce(sql)).toMatchObject({ ok: true, statement: { sql: expected, rowLimit } });
  });

  it('puts a tenant filter behind a barrier, whatever the value holds', async () => {
    const guard = await createGuard({ policy: { ...policy, tenantFilters: [{ schema: 'public', table: 'orders', column: 'customer_id', value: 'customer' }] } });
    const verdict = guard.enforce('SELECT public.orders.amount FROM public.orders', { tenant: { customer: "7' OR '1'='1\\" } });
    expect(verdict).toMatchObject({
      ok: true,
      statement: { sql: `SELECT orders.amount FROM (SELECT * FROM "public"."orders" WHERE "orders"."customer_id" OPERATOR(pg_catalog.=) E'7'' OR ''1''=''1\\\\' OFFSET 0) AS "orders" LIMIT 1001` },
    });
    expect(guard.enforce('SELECT amount FROM orders')).toMatchObject({ ok: false, violations: [{ rule: 'tenant' }] });
  });
});
