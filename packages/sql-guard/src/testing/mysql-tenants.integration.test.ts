import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { Guard } from '../guard/guard.js';
import { mysqlTenantPolicy } from './mysql-attack-policy.js';
import { startMysqlAttackServer } from './mysql-attack-server.js';
import { mysqlLeakTries } from './mysql-leak-tries.js';
import { mysqlStatements } from './mysql-statement-generator.js';

const total = Number(process.env.ASK_AURORA_FUZZ_STATEMENTS ?? '1000');
const seed = Number(process.env.ASK_AURORA_FUZZ_SEED ?? '20261125');
const context = { tenant: { tenant: 'acme', account: '7' } };
const outOfTime = 3024;
const barrier = ' LIMIT 18446744073709551615';

const server = await startMysqlAttackServer();

const statement = mysqlStatements({
  tables: ['ledger', 'shop.ledger', 'ledger', 'ledger', 'ledger', 'members'],
  columns: ['amount', 'divisor', 'document', 'label', 'at', 'tenant'],
  hiddenTables: ['secrets', 'other.orders', 'mysql.user', 'Ledger', 'orders'],
  hiddenColumns: ['account', 'name', 'password'],
});

describe.skipIf(server === null)('tenants on a real MySQL', () => {
  let guard: Guard;
  /** A session where every tenant has rows, and one where the others' rows are deleted, in a transaction that is never committed. */
  let among: Connection;
  let alone: Connection;
  const counts = { statements: 0, accepted: 0, returned: 0, failed: 0 };

  beforeAll(async () => {
    guard = await createGuard({ dialect: 'mysql', policy: mysqlTenantPolicy });
    [among, alone] = await Promise.all([server!.connect(), server!.connect()]);
    for (const session of [among, alone]) await session.query('SET SESSION max_execution_time = 30000, SESSION timestamp = 1700000000');
    await alone.query('START TRANSACTION');
    await alone.query("DELETE FROM ledger WHERE id > 3 OR tenant IS NULL");
    await alone.query('DELETE FROM members WHERE account <> 7');
  });
  afterAll(async () => {
    among.destroy();
    alone.destroy();
    await server?.stop();
    process.stdout.write(`mysql-tenants: ${JSON.stringify({ version: server?.version, seed, ...counts })}\n`);
  });

  /** What a caller learns: the rows in no order, or the error. */
  async function answer(session: Connection, sql: string): Promise<string> {
    try {
      const [rows] = await session.query(sql);
      return JSON.stringify((rows as unknown[]).map((row) => JSON.stringify(row)).sort());
    } catch (error) {
      const { errno, message } = error as { readonly errno?: number; readonly message: string };
      if (errno === undefined) throw error;
      return `${String(errno)} ${message}`;
    }
  }

  /** Whether the answer is the same with and without the rows of others, and shows nothing of them. */
  async function tellsNothing(sql: string): Promise<boolean> {
    const [one, other] = [await answer(among, sql), await answer(alone, sql)];
    counts[one.startsWith('[') ? 'returned' : 'failed'] += 1;
    // A statement that ran out of time, on a machine that is busy, says nothing.
    if ([one, other].some((text) => text.startsWith(`${String(outOfTime)} `))) return true;
    return one === other && !one.includes('TOPSECRET');
  }

  const enforced = (sql: string): string | null => {
    counts.statements += 1;
    const verdict = guard.enforce(sql, context);
    if (!verdict.ok) return null;
    counts.accepted += 1;
    return verdict.statement.sql;
  };

  it('no answer depends on rows of other tenants', async () => {
    const told: string[] = [];
    let accepted = 0;
    for (const sql of mysqlLeakTries) {
      const text = enforced(sql);
      if (text === null) continue;
      accepted += 1;
      if (!(await tellsNothing(text))) told.push(text);
    }
    expect(told).toEqual([]);
    expect(accepted).toBeGreaterThan(60);
  }, 240_000);

  it.each([
    ['the barrier', (text: string) => text.replaceAll(barrier, ''), 4],
    ['the comparison by code points', (text: string) => text.replaceAll(/ AND CAST\([^)]*\) = '[^']*' COLLATE utf8mb4_0900_bin/g, ''), 40],
    ['the filter', (text: string) => text.replaceAll(/ WHERE `\w+`\.`\w+` = '\w+' AND [^)]*\) = '[^']*' COLLATE utf8mb4_0900_bin/g, ''), 40],
  ])('without %s they do', async (_what, weakened, least) => {
    let told = 0;
    for (const sql of mysqlLeakTries) {
      const verdict = guard.enforce(sql, context);
      if (verdict.ok && !(await tellsNothing(weakened(verdict.statement.sql)))) told += 1;
    }
    expect(told).toBeGreaterThanOrEqual(least);
  }, 240_000);

  it.each(['', '7abc', '7.0', ' 7', '07', '7e0', '+7', "7' OR '1'='1", '0'.repeat(40)])('the account %j is not account 7 nor 0', async (account) => {
    const verdict = guard.enforce('SELECT COUNT(*) FROM members', { tenant: { account } });
    expect(await answer(among, verdict.ok ? verdict.statement.sql : '')).toBe('["[\\"0\\"]"]');
  });

  it.each([['acme', 3], ['ACME', 1], ['acmé', 1], ['acme ', 1], ['Acme', 0], ["acme' OR '1'='1", 0], ['', 0]])('the tenant %j has %i rows', async (tenant, rows) => {
    const verdict = guard.enforce('SELECT COUNT(*) FROM ledger', { tenant: { tenant } });
    expect(await answer(among, verdict.ok ? verdict.statement.sql : '')).toBe(JSON.stringify([JSON.stringify([String(rows)])]));
  });

  it(`no answer depends on rows of other tenants, over ${String(total)} random statements`, async () => {
    const before = counts.accepted;
    await fc.assert(fc.asyncProperty(statement, async (sql) => {
      const text = enforced(sql);
      if (text !== null) expect(await tellsNothing(text), text).toBe(true);
    }), { numRuns: total, seed, endOnFailure: true });
    expect(counts.accepted - before).toBeGreaterThan(total / 20);
  }, 60_000 + total * 100);
});
