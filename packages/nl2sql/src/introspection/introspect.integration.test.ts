import pg from 'pg';
import { useLocalPostgres } from '@ask-aurora/local-aurora/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { runScript } from '../testing/offline/sample-database.js';
import { introspect } from './introspect.js';
import type { RunQuery } from './run-query.js';

const shop = `
CREATE SCHEMA shop; CREATE SCHEMA other;
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
CREATE DOMAIN shop.money_amount AS numeric(12,2) NOT NULL CHECK (VALUE >= 0);
CREATE TABLE shop.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail varchar(80) UNIQUE, segment text NOT NULL, note text, reachable_at text, tags text[]);
COMMENT ON TABLE shop.customers IS 'Who buys; "quoted" and ünïcode';
COMMENT ON COLUMN shop.customers.segment IS 'Kind of customer';
COMMENT ON COLUMN shop.customers.note IS 'Confidential remarks';
CREATE TABLE shop.orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES shop.customers, state shop.state NOT NULL, ordered_at timestamptz NOT NULL, total shop.money_amount);
CREATE TABLE shop.order_lines (order_id bigint REFERENCES shop.orders, line int, product_code text NOT NULL, PRIMARY KEY (order_id, line));
CREATE TABLE shop.line_returns (order_id bigint, line int, returned_on date, FOREIGN KEY (order_id, line) REFERENCES shop.order_lines (order_id, line));
CREATE TABLE shop.products (product_code text PRIMARY KEY, "List Price" numeric(10,2));
CREATE UNIQUE INDEX partly ON shop.products ("List Price") WHERE "List Price" > 5;
CREATE TABLE shop.events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2023 PARTITION OF shop.events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE shop.events_2024 PARTITION OF shop.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW shop.open_orders AS SELECT id, customer_id FROM shop.orders WHERE state <> 'sent';
CREATE MATERIALIZED VIEW shop.totals AS SELECT customer_id, sum(total) AS total FROM shop.orders GROUP BY 1;
CREATE TABLE other.unrelated (id int);
CREATE VIEW shop.open_customers AS SELECT c.name FROM shop.customers c JOIN shop.open_orders o ON o.customer_id = c.id WHERE EXISTS (SELECT FROM other.unrelated);
CREATE VIEW shop.whole_customers AS SELECT c.id, to_jsonb(c) AS everything FROM shop.customers c;
ALTER TABLE shop.customers DROP COLUMN tags;
INSERT INTO shop.customers (name, mail, segment, note, reachable_at) SELECT 'Name ' || i, 'c' || i || '@mail.example', (ARRAY['consumer','business'])[1 + i % 2], 'x', '+49 30 1234' || 1000 + i FROM generate_series(1, 20) i;
INSERT INTO shop.orders SELECT i, 1 + i % 20, (ARRAY['new','paid','sent'])[1 + i % 3]::shop.state, now(), i FROM generate_series(1, 60) i;
INSERT INTO shop.order_lines SELECT i, 1, 'P' || i % 7 FROM generate_series(1, 60) i;
INSERT INTO shop.events SELECT date '2023-06-01' + i, 'visit' FROM generate_series(1, 300) i;
CREATE ROLE narrow LOGIN PASSWORD 'narrow';
GRANT USAGE ON SCHEMA shop TO narrow; GRANT SELECT ON shop.orders TO narrow; GRANT SELECT (id, segment) ON shop.customers TO narrow;
ANALYZE;
`;

function runOn(client: pg.Client): { run: RunQuery; count: () => number; statements: string[] } {
  const statements: string[] = [];
  return { run: async (sql) => (statements.push(sql), (await client.query(sql)).rows as Record<string, unknown>[]), count: () => statements.length, statements };
}

describe.each([16, 17, 18] as const)('on PostgreSQL %i', (version) => {
  const postgres = useLocalPostgres({ version });
  let client: pg.Client;
  let artifact: SchemaArtifact;
  const relation = (name: string) => artifact.relations.find((candidate) => candidate.name === name);
  const column = (name: string, columnName: string) => relation(name)?.columns.find((candidate) => candidate.name === columnName);

  beforeAll(async () => {
    await postgres().createDatabase('shop');
    const connectionString = postgres().connectionString({ database: 'shop' });
    await runScript(connectionString, shop);
    client = new pg.Client({ connectionString });
    await client.connect();
    artifact = await introspect(runOn(client).run, { schemas: ['shop'], sampleValues: ['shop.*'] });
  });
  afterAll(() => client.end());

  it('tells what views read, through whole rows too', () => {
    expect(relation('customers')).not.toHaveProperty('reads');
    expect(relation('open_orders')?.reads).toEqual([{ schema: 'shop', name: 'orders', columns: ['customer_id', 'id', 'state'] }]);
    expect(relation('totals')?.reads).toEqual([{ schema: 'shop', name: 'orders', columns: ['customer_id', 'total'] }]);
    expect(relation('open_customers')?.reads).toEqual([
      { schema: 'other', name: 'unrelated', columns: [] },
      { schema: 'shop', name: 'customers', columns: ['id', 'name'] },
      { schema: 'shop', name: 'open_orders', columns: ['customer_id'] },
    ]);
    expect(relation('whole_customers')?.reads).toEqual([{ schema: 'shop', name: 'customers' }]);
  });

  it('finds tables, views, materialized and partitioned ones, and hides partitions', () => {
    expect(Object.fromEntries(artifact.relations.map(({ name, kind }) => [name, kind]))).toEqual({
      customers: 'table', orders: 'table', order_lines: 'table', line_returns: 'table', products: 'table', events: 'partitioned-table', open_orders: 'view', totals: 'materialized-view', open_customers: 'view', whole_customers: 'view',
    });
    expect(artifact.serverVersion).toMatch(new RegExp(`^${version}\\.`));
    expect(artifact.database).toBe('shop');
  });

  it('reads types as format_type writes them, domains by their base type, comments and nullability', () => {
    expect(column('customers', 'mail')).toMatchObject({ type: 'character varying(80)', nullable: true });
    expect(column('orders', 'total')).toMatchObject({ type: 'numeric(12,2)', nullable: false });
    expect(column('orders', 'state')?.type).toContain('state');
    expect(relation('customers')?.comment).toBe('Who buys; "quoted" and ünïcode');
    expect(column('customers', 'segment')?.comment).toBe('Kind of customer');
    expect(column('customers', 'tags')).toBeUndefined();
  });

  it('reads keys, composite ones too, and no partial index as a key', () => {
    expect(relation('order_lines')?.primaryKey).toEqual(['order_id', 'line']);
    expect(relation('customers')?.uniqueKeys).toEqual([['mail']]);
    expect(relation('products')?.uniqueKeys).toEqual([]);
    const keys = artifact.foreignKeys.filter(({ inferred }) => !inferred).map(({ from, to }) => `${from.relation}(${from.columns.join()}) ${to.relation}(${to.columns.join()})`);
    expect(keys.sort()).toEqual(['line_returns(order_id,line) order_lines(order_id,line)', 'order_lines(order_id) orders(id)', 'orders(customer_id) customers(id)']);
    expect(artifact.enums).toEqual([{ schema: 'shop', name: 'state', values: ['new', 'paid', 'sent'] }]);
  });

  it('infers keys that names, types and uniqueness tell of, and marks them', () => {
    expect(artifact.foreignKeys.filter(({ inferred }) => inferred)).toContainEqual(expect.objectContaining({ name: null, from: { schema: 'shop', relation: 'order_lines', columns: ['product_code'] }, to: { schema: 'shop', relation: 'products', columns: ['product_code'] } }));
    expect(artifact.foreignKeys.filter(({ inferred, from }) => inferred && from.relation === 'customers')).toEqual([]);
  });

  it('estimates rows, of a partitioned table by its partitions', () => {
    expect(relation('orders')?.rowEstimate).toBe(60);
    expect(relation('events')?.rowEstimate).toBe(300);
    expect(relation('open_orders')?.rowEstimate).toBeNull();
  });

  it('samples listed relations only, and never personal data', async () => {
    expect(column('customers', 'segment')).toMatchObject({ personal: false, sampleValuesComplete: true, sampleValues: ['business', 'consumer'] });
    for (const name of ['name', 'mail', 'note', 'reachable_at']) expect(column('customers', name), name).toMatchObject({ personal: true, sampleValues: [] });
    const unlisted = await introspect(runOn(client).run, { schemas: ['shop'], sampleValues: ['shop.orders'] });
    expect(unlisted.relations.flatMap(({ name, columns }) => (columns.some(({ sampleValues }) => sampleValues.length > 0) ? [name] : []))).toEqual(['orders']);
  });

  it('reads no value of a column that the overlay marks personal', async () => {
    const { run, statements } = runOn(client);
    await introspect(run, { schemas: ['shop'], sampleValues: ['shop.customers'], overlay: { relations: { 'shop.customers': { columns: { segment: { personal: true }, mail: { personal: false } } } } } });
    const sampling = statements.filter((sql) => sql.includes('FROM "shop"."customers"')).join('');
    expect(sampling).not.toContain('"segment"');
    expect(sampling).toContain('"mail"');
  });

  it('gives the same hash again, also after ANALYZE and with more rows of known values', async () => {
    await client.query(`INSERT INTO shop.events SELECT date '2024-02-01', 'visit' FROM generate_series(1, 5); ANALYZE shop.events`);
    const again = await introspect(runOn(client).run, { schemas: ['shop'], sampleValues: ['shop.*'] });
    expect(again.relations.find(({ name }) => name === 'events')?.rowEstimate).toBe(305);
    expect(again.hash).toBe(artifact.hash);
  });

  it('keeps an overlay over introspections, and tells what no longer fits', async () => {
    const overlay = 'relations:\n  shop.customers:\n    synonyms: [client]\n  shop.gone:\n    comment: x\n';
    await expect(introspect(runOn(client).run, { schemas: ['shop'], overlay })).rejects.toMatchObject({ code: 'overlay-invalid', message: expect.stringContaining('there is no relation shop.gone') });
    const warnings: string[] = [];
    const merged = await introspect(runOn(client).run, { schemas: ['shop'], overlay, unknownOverlayNames: 'warn', onWarning: (message) => warnings.push(message) });
    expect(merged.relations.find(({ name }) => name === 'customers')?.synonyms).toEqual(['client']);
    expect(warnings).toHaveLength(1);
  });

  it('shows a narrow role what it may read and no more', async () => {
    const narrow = new pg.Client({ connectionString: postgres().connectionString({ database: 'shop', user: 'narrow', password: 'narrow' }) });
    await narrow.connect();
    try {
      const seen = await introspect(runOn(narrow).run);
      expect(seen.relations.map(({ name, columns }) => [name, columns.map((own) => own.name)])).toEqual([
        ['customers', ['id', 'segment']],
        ['orders', ['id', 'customer_id', 'state', 'ordered_at', 'total']],
      ]);
    } finally {
      await narrow.end();
    }
  });

  it('lists partitions when asked', async () => {
    const all = await introspect(runOn(client).run, { schemas: ['shop'], includePartitions: true });
    expect(all.relations.map(({ name }) => name)).toEqual(expect.arrayContaining(['events', 'events_2023', 'events_2024']));
  });

  it('stops at the deadline and when aborted', async () => {
    const slow: RunQuery = async () => (await client.query('SELECT pg_sleep(0.3)')).rows as Record<string, unknown>[];
    await expect(introspect(slow, { deadlineMs: 50 })).rejects.toMatchObject({ code: 'deadline-exceeded' });
    await expect(introspect(slow, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    await expect(introspect(async () => { throw new Error('no connection'); })).rejects.toMatchObject({ code: 'introspection-failed', message: expect.stringContaining('no connection') });
  });
});

describe('a database of 1,000 tables', () => {
  const postgres = useLocalPostgres();

  it('is read by a bounded number of queries', { timeout: 60_000 }, async () => {
    const client = new pg.Client({ connectionString: postgres().connectionString() });
    await client.connect();
    try {
      await client.query(`DO $$ BEGIN FOR i IN 1..1000 LOOP
        EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, name text NOT NULL UNIQUE, amount numeric(10,2), happened_on date, parent_id int REFERENCES t%s, c1 text, c2 text, c3 int, c4 int, c5 boolean)', i, greatest(i - 1, 1));
        IF i % 100 = 0 THEN COMMIT; END IF; END LOOP; END $$`);
      const { run, count } = runOn(client);
      const artifact = await introspect(run);
      expect(artifact.relations).toHaveLength(1000);
      expect(artifact.foreignKeys.filter(({ inferred }) => !inferred)).toHaveLength(1000);
      // Pages of 500, the last of them empty; columns and keys of the others; the server and the enums.
      expect(count()).toBe(3 + 2 * 2 + 2);
    } finally {
      await client.end();
    }
  });
});
