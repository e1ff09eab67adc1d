import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { analytics } from '../policy/presets.js';
import { analystPolicy, analystSetup, analystStatements, analystTenants } from './analyst-statements.js';
import { corpus } from './corpora.js';
import { mysqlAttackPolicy } from './mysql-attack-policy.js';
import { startMysqlAttackServer } from './mysql-attack-server.js';
import { mysqlLegitimateStatements } from './mysql-legitimate-statements.js';

const server = await startMysqlAttackServer();
/** TPC-H's columns begin with the letters of their table. */
const prefixes: Readonly<Record<string, string>> = { customer: 'c_', lineitem: 'l_', nation: 'n_', orders: 'o_', part: 'p_', partsupp: 'ps_', region: 'r_', supplier: 's_' };
const changing = /NOW\(|CURRENT_|RAND\(/i;

describe.skipIf(server === null)('ordinary reads on a real MySQL', () => {
  let session: Connection;
  beforeAll(async () => {
    session = await server!.connect();
  });
  afterAll(async () => {
    session.destroy();
    await server?.stop();
  });

  const rowsOf = async (sql: string): Promise<readonly unknown[]> => (await session.query(sql))[0] as unknown[];

  it('run, and return the same rows after enforce up to the cap', async () => {
    const guard = await createGuard({ dialect: 'mysql', policy: { ...mysqlAttackPolicy, maxRows: 3 } });
    let ran = 0;
    for (const sql of mysqlLegitimateStatements) {
      const enforced = guard.enforce(sql);
      if (!enforced.ok || enforced.statement.parameters.length > 0) continue;
      const given = await rowsOf(sql).catch((error: unknown) => { throw new Error(sql, { cause: error }); });
      const capped = await rowsOf(enforced.statement.sql);
      const cap = enforced.statement.rowLimit ?? Number.POSITIVE_INFINITY;
      expect(capped.length, sql).toBe(Math.min(given.length, cap + 1));
      // Without ORDER BY a cap may choose other rows.
      const all = new Set(given.map((row) => JSON.stringify(row)));
      if (!changing.test(sql)) expect(capped.filter((row) => !all.has(JSON.stringify(row))), sql).toEqual([]);
      ran += 1;
    }
    expect(ran).toBeGreaterThan(60);
  }, 120_000);

  it("return to a tenant what they return where no other tenant is: analysts' statements", async () => {
    const databases = ['analysts', 'own'];
    const admin = await server!.connect({ multipleStatements: true });
    for (const database of databases) await admin.query(`DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci; USE ${database}; ${analystSetup('mysql')}`);
    await admin.query(analystTenants('mysql').map(([table, column]) => `DELETE FROM own.\`${table}\` WHERE \`${column}\` <> 1`).join(';'));
    const inDatabase = (sql: string, database: string): string => sql.replaceAll(/\bshop(?=[.`])/g, database);
    const policy = analystPolicy('mysql');
    const tenantFilters = analystTenants('mysql').map(([table, column]) => ({ schema: 'analysts', table, column, value: 'tenant' }));
    const guard = await createGuard({ dialect: 'mysql', policy: { ...policy, ...analytics, searchPath: ['analysts'], tables: (policy.tables ?? []).map((table) => ({ ...table, schema: 'analysts' })), tenantFilters } });
    let compared = 0;
    for (const { id, sql, filtered } of analystStatements('mysql')) {
      const verdict = guard.enforce(inDatabase(sql, 'analysts'), { tenant: { tenant: '1' } });
      expect(verdict.ok, id).toBe(filtered);
      if (!verdict.ok || verdict.statement.parameters.length > 0) continue;
      const rows = async (database: string, text: string): Promise<readonly string[]> => {
        await admin.query(`USE ${database}`);
        return ((await admin.query(text))[0] as unknown[]).map((row) => JSON.stringify(row)).sort();
      };
      expect(await rows('analysts', verdict.statement.sql), id).toEqual(await rows('own', inDatabase(sql, 'own')));
      compared += 1;
    }
    await admin.query(databases.map((database) => `DROP DATABASE ${database}`).join(';'));
    await admin.end();
    expect(compared).toBeGreaterThan(110);
  }, 240_000);

  // The corpora tell no types, and share names of tables: every column is a short text here, and a bare name of two tables is ambiguous.
  it.skipIf(corpus('tpch_mysql').length === 0).each([['tpch_mysql', 20], ['bird_mysql', 420], ['defog_mysql', 300]] as const)('%s: what is accepted runs, over tables with the columns that it was found to read', async (name, least) => {
    const database = `corpus_${name}`;
    const guard = await createGuard({ dialect: 'mysql', policy: { version: 1, searchPath: [database], schemas: [database, 'consumer_div'], ...analytics } });
    const verdicts = corpus(name).flatMap(({ id, sql }) => {
      const verdict = guard.enforce(sql);
      return verdict.ok ? [{ id, given: sql, text: verdict.statement.sql, statement: verdict.statement }] : [];
    });
    const columns = new Map<string, Map<string, string>>();
    for (const { statement } of verdicts) {
      for (const { schema, name: table } of statement.relations) columns.set(`\`${schema}\`.\`${table}\``, new Map());
    }
    for (const { statement } of verdicts) for (const { schema, relation, column } of statement.columns) if (column !== '*' && (name !== 'tpch_mysql' || column.startsWith(prefixes[relation] ?? ''))) columns.get(`\`${schema}\`.\`${relation}\``)?.set(column.toLowerCase(), column);
    for (const schema of [database, 'consumer_div']) await session.query(`CREATE DATABASE IF NOT EXISTS ${schema}`);
    for (const [table, names] of columns) {
      const list = [...names.values(), ...(names.size === 0 ? ['id'] : [])];
      await session.query(`CREATE TABLE ${table} (${list.map((column) => `\`${column}\` VARCHAR(20)`).join(', ')})`);
      await session.query(`INSERT INTO ${table} VALUES ${['1', '2', '2'].map((value) => `(${list.map(() => `'${value}'`).join(', ')})`).join(', ')}`);
    }
    await session.query(`USE ${database}`);
    const told = async (sql: string): Promise<string> => rowsOf(sql).then((rows) => JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()), (error: unknown) => `failed: ${(error as Error).message}`);
    let ran = 0;
    for (const { id, given, text } of verdicts) {
      const [one, other] = [await told(given), await told(text)];
      if (!one.startsWith('failed')) ran += 1;
      if (!changing.test(given)) expect(other, `${id} ${text}`).toBe(one);
    }
    process.stdout.write(`mysql-legitimate: ${name}: ${String(verdicts.length)} accepted, ${String(ran)} ran\n`);
    expect(ran).toBeGreaterThanOrEqual(least);
  }, 240_000);
});
