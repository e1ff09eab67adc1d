import { createDataApiClient } from '@ask-aurora/data-api-client';
import { introspect } from '@ask-aurora/nl2sql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalServer, type LocalServer } from './local-server.js';

// As many tables as make a thousand too many for 1 MiB are slow to create; a smaller limit asks the same of introspection.
const tables = Number(process.env['ASK_AURORA_INTROSPECTED_TABLES'] ?? 120);
const responseBytes = tables > 1_000 ? 1024 * 1024 : 24 * 1024;
const patience = 600_000;

let server: LocalServer;
beforeAll(async () => {
  server = await startLocalServer({ limits: { responseBytes } });
  for (let from = 1; from <= tables; from += 100) {
    await server.admin(`DO $$ BEGIN FOR i IN ${from}..${Math.min(from + 99, tables)} LOOP
      EXECUTE format('CREATE TABLE orders_of_a_warehouse_with_a_long_name_%s (order_identifier int PRIMARY KEY, reference_number text NOT NULL UNIQUE, parent_identifier int REFERENCES orders_of_a_warehouse_with_a_long_name_%s, amount numeric(10,2), happened_on date)', i, greatest(i - 1, 1));
      EXECUTE format('COMMENT ON TABLE orders_of_a_warehouse_with_a_long_name_%s IS %L', i, repeat('Orders. ', 20));
      EXECUTE format('CREATE TYPE state_%s AS ENUM (%L, %L)', i, repeat('a', 60), repeat('b', 60));
      EXECUTE format('CREATE VIEW recent_%s AS SELECT reference_number, amount FROM orders_of_a_warehouse_with_a_long_name_%s', i, i);
    END LOOP; END $$`);
  }
}, patience);
// Nearly all of it is removing the files of the tables: a hook's usual ten seconds are too few for those of thousands.
afterAll(() => server.stop(), patience);

describe('introspection over the Data API', () => {
  it(`finds in ${tables} tables what it finds over a connection, though no answer may hold all of them`, { timeout: patience }, async () => {
    const client = createDataApiClient({ ...server.target, client: server.sdk() });
    let calls = 0;
    const overDataApi = await introspect(async (sql) => {
      calls += 1;
      return (await client.query<Record<string, unknown>>(sql)).rows;
    }, { deadlineMs: patience });
    const direct = await introspect(server.admin, { deadlineMs: patience });
    expect(overDataApi.relations).toHaveLength(2 * tables);
    expect(overDataApi.foreignKeys.filter(({ inferred }) => !inferred)).toHaveLength(tables);
    expect(overDataApi.enums).toHaveLength(tables);
    expect(overDataApi.hash).toBe(direct.hash);
    // Far more than the seven queries of an answer without a limit, far fewer than one for each table.
    expect(calls).toBeGreaterThan(7);
    expect(calls).toBeLessThan(tables);
  });
});
