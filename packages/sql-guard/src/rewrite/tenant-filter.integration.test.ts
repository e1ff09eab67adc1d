import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createGuard } from '../guard/create-guard.js';
import type { Guard } from '../guard/guard.js';
import { attackPolicy } from '../testing/attack-policy.js';
import { startAttackServer, type AttackServer } from '../testing/attack-server.js';

/** Ways to see the orders of another customer than 1, whose rows are the only ones with `customer_id = 1`. */
const attempts: readonly string[] = [
  'SELECT * FROM orders',
  'SELECT * FROM orders WHERE true OR customer_id <> 1',
  'SELECT * FROM orders o WHERE o.customer_id = 2',
  'SELECT public.orders.customer_id FROM public.orders',
  'SELECT o.* FROM orders AS o(id, customer_id, amount, placed_at)',
  'SELECT x.b FROM orders x(a, b)',
  'TABLE orders',
  'SELECT * FROM ONLY orders',
  'SELECT * FROM orders TABLESAMPLE BERNOULLI (100)',
  'SELECT * FROM orders *',
  'WITH o AS (SELECT * FROM orders) SELECT * FROM o',
  'WITH orders AS (SELECT * FROM orders) SELECT * FROM orders',
  'WITH RECURSIVE r AS (SELECT id, customer_id FROM orders UNION SELECT o.id, o.customer_id FROM orders o JOIN r ON true) SELECT * FROM r',
  'SELECT * FROM orders UNION ALL SELECT * FROM orders',
  'SELECT customer_id FROM orders EXCEPT SELECT 1',
  'SELECT a.customer_id FROM orders a RIGHT JOIN orders b ON false',
  'SELECT b.customer_id FROM orders a FULL JOIN orders b ON a.id = b.id + 1000',
  'SELECT (SELECT max(customer_id) FROM orders)',
  'SELECT ARRAY(SELECT customer_id FROM orders)',
  'SELECT l.customer_id FROM customers c, LATERAL (SELECT * FROM orders o WHERE o.customer_id = c.id) l',
  'SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AND c.id <> 1',
  'SELECT customer_id FROM orders ORDER BY customer_id DESC LIMIT 1',
  'SELECT max(customer_id) OVER () AS customer_id FROM orders',
  'SELECT to_jsonb(o) ->> \'customer_id\' AS customer_id FROM orders o',
  'SELECT (o).customer_id FROM orders o',
  'SELECT customer_id FROM orders WHERE 1 / (customer_id - 2) > -100',
  'SELECT customer_id FROM (orders JOIN customers USING (id))',
  'SELECT j.customer_id FROM (orders o CROSS JOIN customers c) AS j',
  'SELECT customer_id FROM orders -- , tenant',
  "SELECT 'orders', customer_id FROM orders \"o'\" WHERE \"o'\".amount > 0",
  'SELECT customer_id FROM orders, (SELECT 1 AS one) q GROUP BY ROLLUP (customer_id)',
];

/** Statements that fail, or tell, at the values of another tenant if they ever see one, the planner's estimates included. */
const leaks: readonly string[] = [
  ...['label LIKE \'_or\\\'', 'label NOT LIKE \'_or\\\'', 'label ILIKE \'zor\\\'', 'label LIKE \'_or#\' ESCAPE \'#\'', 'label LIKE \'_or\' || chr(92)', 'label ILIKE ALL (ARRAY[\'zor\\\'])', 'like(label, \'_or\\\')', 'notlike(label, \'_or\\\')', 'label ~~ \'_or\\\'', 'label OPERATOR(pg_catalog.~~) \'_or\\\'', 'document::bytea LIKE \'\\x7b5c\'', 'image LIKE \'\\x5f5c\'', 'label COLLATE "C" LIKE \'_or\\\'', 'starts_with(label, \'Zor\')', 'label ~ \'^Zor\'', 'label SIMILAR TO \'Z%\'',
    '1 / divisor > 0', '10 % divisor = 0', 'document::jsonb IS NULL', 'document::jsonb @> \'{}\'', 'label::int > 0', 'label::date > \'2024-01-01\'', 'amount * 2147483647 > 0', 'document IS JSON', 'chr(divisor) = \'\'', 'tag[divisor] IS NULL', 'sqrt(divisor - 1) > 0'].flatMap((condition) => [
    `SELECT count(*) FROM ledger WHERE ${condition}`,
    `WITH l AS MATERIALIZED (SELECT * FROM ledger) SELECT count(*) FROM l WHERE ${condition}`,
    `SELECT count(*) FROM rates r LEFT JOIN ledger l ON l.id = r.id AND ${condition}`,
    `SELECT count(*) FROM rates r WHERE r.id IN (SELECT id FROM ledger WHERE ${condition})`,
    `SELECT count(*) FILTER (WHERE ${condition}) FROM ledger`,
  ]),
  'SELECT max(id), min(label), count(DISTINCT label), sum(amount) FROM ledger', 'SELECT label, count(*) FROM ledger GROUP BY ROLLUP (label) ORDER BY 1', 'SELECT id FROM ledger ORDER BY label, id LIMIT 2', 'SELECT row_number() OVER (ORDER BY label), id FROM ledger ORDER BY 2',
  'SELECT generate_series(1, amount) FROM ledger', 'SELECT r.id, l.id FROM rates r FULL JOIN ledger l USING (id) ORDER BY 1, 2', 'SELECT a.id FROM ledger a, ledger b WHERE a.amount / b.divisor > 0 ORDER BY 1', 'SELECT id FROM ledger EXCEPT SELECT id FROM rates ORDER BY 1', 'SELECT id FROM rates EXCEPT SELECT id FROM ledger ORDER BY 1',
];

/** The rows of others, twice: with what breaks a statement, and without. */
const others = [
  "(11, 2, 30, 0, 'no document', 'Zorro', NULL), (12, 2, 30, 0, '{', 'Zorro', '{0}'), (13, 3, 2147483647, 0, '', 'Zorba', '{}')",
  "(21, 2, 1, 1, '{}', 'plain', '{1}'), (22, 4, 1, 1, '{}', 'plain', '{1}')",
] as const;

describe('a tenant filter on a real PostgreSQL', () => {
  let server: AttackServer;
  let guard: Guard;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startAttackServer(17);
    client = await server.connect();
    guard = await createGuard({ version: 17, policy: { ...attackPolicy, tenantFilters: [{ schema: 'public', table: 'orders', column: 'customer_id', value: 'customer' }] } });
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  it.each(attempts)('shows nothing of another tenant: %s', async (sql) => {
    const verdict = guard.enforce(sql, { tenant: { customer: '1' } });
    if (!verdict.ok) {
      expect(verdict.violations.every(({ rule }) => rule === 'tenant' || rule === 'rewrite')).toBe(true);
      return;
    }
    const { rows } = await client.query<Record<string, unknown>>(verdict.statement.sql);
    const seen = new Set(rows.flatMap((row) => Object.entries(row).filter(([field, value]) => value !== null && ['customer_id', 'max', 'b', 'id', 'array'].includes(field) && (field !== 'id' || sql.startsWith('SELECT c.id'))).flatMap(([, value]) => (Array.isArray(value) ? value : [value]).map(String))));
    expect([...seen].filter((value) => value !== '1')).toEqual([]);
  });

  it('does not let a function of the statement see a row of another tenant', async () => {
    // A function that tells what it sees, and costs less than the filter: without a barrier the planner calls it first.
    await client.query(`CREATE FUNCTION public.tattle(int) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$`);
    const open = await createGuard({ version: 17, policy: { ...attackPolicy, functions: { allow: ['public.tattle'] }, tenantFilters: [{ schema: 'public', table: 'orders', column: 'customer_id', value: 'customer' }] } });
    const verdict = open.enforce('SELECT id FROM orders WHERE tattle(customer_id)', { tenant: { customer: '1' } });
    const seen: string[] = [];
    const listen = ({ message }: { message: string | undefined }): void => void seen.push(message ?? '');
    client.on('notice', listen);
    if (verdict.ok) await client.query(verdict.statement.sql);
    const behindBarrier = [...seen];
    seen.length = 0;
    await client.query("SELECT id FROM (SELECT * FROM orders WHERE customer_id = '1') o WHERE tattle(customer_id)");
    client.off('notice', listen);
    expect(verdict.ok).toBe(true);
    expect(new Set(behindBarrier)).toEqual(new Set(['saw 1']));
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  it.each(["1' OR '1'='1", "1'; DELETE FROM orders; --", '1\\', "\\' OR true --", '$$', ':name', 'é😀', '', '1 '])('takes %j for a value and nothing else', async (value) => {
    const texts = await createGuard({ version: 17, policy: { ...attackPolicy, tenantFilters: [{ schema: 'public', table: 'customers', column: 'country', value: 'country' }] } });
    const verdict = texts.enforce('SELECT name FROM customers', { tenant: { country: value } });
    expect(verdict.ok).toBe(true);
    if (!verdict.ok) return;
    for (const conforming of ['on', 'off']) {
      await client.query(`SET standard_conforming_strings = ${conforming}; SET escape_string_warning = off`);
      expect((await client.query(verdict.statement.sql)).rows).toEqual([]);
    }
    await client.query('RESET ALL');
  });

  it.each([[{}], [{ tenant: {} }], [{ tenant: { other: '1' } }], [{ tenant: { customer: 'a\0b' } }], [{ tenant: { customer: 1 as unknown as string } }], [{ tenant: Object.create({ customer: '1' }) as Record<string, string> }]])('refuses to run without a usable value: %j', (context) => {
    expect(guard.enforce('SELECT id FROM orders', context)).toMatchObject({ ok: false, violations: [{ rule: 'tenant' }] });
  });

  it.each(['integer', 'int4', 'pg_catalog.int4', 'bigint', 'double precision', 'numeric(10, 2)', '"int4"'])('casts the value to %s', async (type) => {
    const typed = await createGuard({ version: 17, policy: { ...attackPolicy, tenantFilters: [{ schema: 'public', table: 'orders', column: 'customer_id', value: 'customer', type }] } });
    const verdict = typed.enforce('SELECT DISTINCT customer_id FROM orders', { tenant: { customer: '1' } });
    expect(verdict.ok).toBe(true);
    if (verdict.ok) expect((await client.query(verdict.statement.sql)).rows).toEqual([{ customer_id: 1 }]);
  });

  it.each(['integer OR true', 'integer)', 'integer AS x', 'integer, 2', 'integer FROM orders', 'integer LIMIT 0', 'integer COLLATE "C"', 'integer::text', 'integer UNION SELECT 1', 'integer; DROP TABLE orders', 'integer -- x', 'integer /* x */', '(1)', '"integer', ' '])('refuses the policy that casts to %j', async (type) => {
    const policy = { ...attackPolicy, tenantFilters: [{ schema: 'public', table: 'orders', column: 'customer_id', value: 'customer', type }] };
    await expect(createGuard({ version: 17, policy })).rejects.toMatchObject({ code: 'policy-invalid' });
  });

  it('gives the same answers and errors whatever rows and statistics the others have', async () => {
    await client.query('CREATE TABLE ledger (id int PRIMARY KEY, tenant int, amount int, divisor int, document text, label text, tag int[], image bytea GENERATED ALWAYS AS (label::bytea) STORED); CREATE TABLE rates (id int); INSERT INTO rates VALUES (1), (2), (11), (21)');
    const columns = ['id', 'tenant', 'amount', 'divisor', 'document', 'label', 'tag', 'image'];
    const policy = { version: 1 as const, tables: [{ schema: 'public', name: 'ledger', columns, columnsAreComplete: true }, { schema: 'public', name: 'rates', columns: ['id'], columnsAreComplete: true }], tenantFilters: [{ schema: 'public', table: 'ledger', column: 'tenant', value: 'tenant' }] };
    const filtering = await createGuard({ version: 17, policy });
    const told: string[][] = [];
    for (const rows of others) {
      await client.query(`TRUNCATE ledger; INSERT INTO ledger VALUES (1, 1, 10, 2, '{"a": 1}', '7', '{1}'), (2, 1, 20, 4, '{}', '8', '{1, 2}'), (3, 1, 5, 5, '[]', '9', '{}'), ${rows}; ANALYZE ledger`);
      told.push([]);
      for (const sql of leaks) {
        const verdict = filtering.enforce(sql, { tenant: { tenant: '1' } });
        const text = verdict.ok ? verdict.statement.sql : 'SELECT refused';
        told.at(-1)?.push(`${sql}: ${await client.query({ text, rowMode: 'array' }).then(({ rows: answer }) => JSON.stringify(answer), (error: unknown) => (error as Error).message)}`);
      }
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.filter((line) => line.includes('refused'))).toEqual([]);
  }, 60_000);

  describe('through views', () => {
    const view = (name: string, ...reads: string[]) => ({ schema: 'public', name, columns: ['customer_id'], columnsAreComplete: true, reads: reads.map((read) => ({ schema: 'public', name: read })) });
    const filter = (table: string) => ({ schema: 'public', table, column: 'customer_id', value: 'customer' });
    const guardOf = (tables: ReturnType<typeof view>[], filters: string[]) => createGuard({ version: 17, policy: { version: 1, tables, tenantFilters: filters.map(filter) } });

    it.each<[string, ReturnType<typeof view>[], string[], boolean]>([
      ['a view over a filtered table', [view('v', 'orders'), view('orders')], ['orders'], false],
      ['a view over a view over it', [view('v', 'w'), view('w', 'orders'), view('orders')], ['orders'], false],
      ['a view that is filtered itself', [view('v', 'orders'), view('orders')], ['orders', 'v'], true],
      ['a view over a filtered view', [view('v', 'w'), view('w', 'orders'), view('orders')], ['orders', 'w'], false],
      ['a view over other tables', [view('v', 'customers'), view('orders')], ['orders'], true],
    ])('%s', async (_name, tables, filters, ok) => {
      const verdict = (await guardOf(tables, filters)).enforce('SELECT customer_id FROM v', { tenant: { customer: '1' } });
      expect(verdict.ok).toBe(ok);
      if (!verdict.ok) expect(verdict.violations).toMatchObject([{ rule: 'tenant', start: 24, end: 25 }]);
    });
  });
});
