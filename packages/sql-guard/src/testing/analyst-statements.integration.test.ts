import { startLocalPostgres, type LocalPostgres } from '@ask-aurora/local-aurora';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { analytics } from '../policy/presets.js';
import { analystPolicy, analystSetup, analystStatements, analystTenants } from './analyst-statements.js';

const version = 17;
const statements = analystStatements('postgresql').filter(({ from }) => from <= version);

describe(`analysts' statements on a real PostgreSQL ${String(version)}`, () => {
  let server: LocalPostgres;
  let all: pg.Client;
  /** Where the rows of the first tenant are the only ones. */
  let own: pg.Client;
  beforeAll(async () => {
    server = await startLocalPostgres({ version, settings: { autovacuum: 'off', fsync: 'off', jit: 'off' } });
    [all, own] = await Promise.all(['analysts', 'own'].map(async (database) => {
      await server.createDatabase(database);
      const client = new pg.Client({ connectionString: server.connectionString({ database }) });
      await client.connect();
      await client.query(analystSetup('postgresql'));
      return client;
    })) as [pg.Client, pg.Client];
    await own.query(analystTenants('postgresql').map(([table, column]) => `DELETE FROM "${table}" WHERE "${column}" <> 1`).join(';'));
  }, 120_000);
  afterAll(async () => {
    await Promise.all([all.end(), own.end()]);
    await server.stop();
  });

  const rows = async (client: pg.Client, sql: string, values: readonly unknown[]): Promise<readonly string[]> =>
    (await client.query<unknown[]>({ text: sql, values: [...values], rowMode: 'array' })).rows.map((row) => JSON.stringify(row)).sort();

  it('return to a tenant what they return where no other tenant is', async () => {
    const tenantFilters = analystTenants('postgresql').map(([table, column]) => ({ schema: 'public', table, column, value: 'tenant' }));
    const guard = await createGuard({ version, policy: { ...analystPolicy('postgresql'), ...analytics, tenantFilters } });
    let compared = 0;
    for (const { id, sql, values, filtered } of statements) {
      const verdict = guard.enforce(sql, { tenant: { tenant: '1' } });
      expect(verdict.ok || verdict.violations.every(({ rule }) => rule === 'tenant'), id).toBe(true);
      expect(verdict.ok, id).toBe(filtered);
      if (!verdict.ok) continue;
      expect(await rows(all, verdict.statement.sql, values), id).toEqual(await rows(own, sql, values));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(230);
  }, 120_000);

  it('return the first rows of their own up to the cap', async () => {
    const guard = await createGuard({ version, policy: { ...analystPolicy('postgresql'), ...analytics, maxRows: 2 } });
    for (const { id, sql, values } of statements) {
      const verdict = guard.enforce(sql);
      if (!verdict.ok) throw new Error(id);
      const [given, capped] = [await rows(all, sql, values), await rows(all, verdict.statement.sql, values)];
      expect(capped.length, id).toBe(Math.min(given.length, (verdict.statement.rowLimit ?? 0) + 1));
    }
  }, 120_000);
});
