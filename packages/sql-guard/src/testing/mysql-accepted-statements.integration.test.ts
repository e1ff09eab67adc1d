import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { Guard } from '../guard/guard.js';
import type { GuardedStatement } from '../verdict/verdict.js';
import { attackCatalogue } from './attack-catalogue.js';
import { mysqlAttackPolicy } from './mysql-attack-policy.js';
import { startMysqlAttackServer } from './mysql-attack-server.js';
import { mysqlLegitimateStatements } from './mysql-legitimate-statements.js';
import { mysqlStatements } from './mysql-statement-generator.js';
import { mysqlDurableState, mysqlSessionState } from './mysql-state-oracle.js';
import { mutatedMysqlStatement } from './mutated-mysql-statement.js';

const total = Number(process.env.ASK_AURORA_FUZZ_STATEMENTS ?? '1000');
const seed = Number(process.env.ASK_AURORA_FUZZ_SEED ?? '20261125');
const BATCH = 100;
/** What MySQL says of a privilege that is missing. */
const privilegeErrors = new Set([1044, 1142, 1143, 1227, 1356, 1370, 1410]);

const outOfTime = 3024;

const server = await startMysqlAttackServer();

const statement = fc.oneof(
  {
    arbitrary: mysqlStatements({
      tables: ['orders', 'shop.orders', 'orders', 'orders', 'customers', 'partial'],
      columns: ['amount', 'customer_id', 'placed_at'],
      hiddenTables: ['secrets', 'other.orders', 'mysql.user', '`Orders`', 'directory', 'information_schema.tables'],
      hiddenColumns: ['password', 'internal_note', 'name', 'country', 'label', '`2fa_secret`'],
    }),
    weight: 3,
  },
  { arbitrary: mutatedMysqlStatement(mysqlLegitimateStatements), weight: 2 },
  { arbitrary: mutatedMysqlStatement(attackCatalogue('mysql').map(({ sql }) => sql)), weight: 1 },
);

describe.skipIf(server === null)('what the guard accepts, run on a real MySQL', () => {
  let guard: Guard;
  /** An administrator, for whom everything is there to be read and changed. */
  let client: Connection;
  /** The same where everything hidden is another, in a transaction that is never committed. */
  let other: Connection;
  let observer: Connection;
  /** Users who may read nothing but certain columns. */
  const readers = new Map<string, Connection>();
  const counts = { statements: 0, accepted: 0, executed: 0, enforced: 0 };

  beforeAll(async () => {
    guard = await createGuard({ dialect: 'mysql', policy: { ...mysqlAttackPolicy, maxRows: 5 } });
    [client, other, observer] = await Promise.all([server!.connect(), server!.connect(), server!.connect()]);
    for (const session of [client, other]) await session.query('SET SESSION max_execution_time = 30000, SESSION timestamp = 1700000000');
    await other.query('START TRANSACTION');
    for (const sql of ["UPDATE customers SET password = CONCAT('x', 9 - id)", "UPDATE partial SET internal_note = 'x', `2fa_secret` = '{', `1e` = NULL", 'DELETE FROM secrets', 'DELETE FROM other.orders', 'DELETE FROM `Orders`', 'DELETE FROM ledger', 'DELETE FROM members']) await other.query(sql);
  });
  afterAll(async () => {
    for (const session of [client, other, observer, ...readers.values()]) session.destroy();
    await server?.stop();
    process.stdout.write(`mysql-accepted-statements: ${JSON.stringify({ version: server?.version, seed, readers: readers.size, ...counts })}\n`);
  });

  interface Answer {
    readonly rows: number;
    readonly errno: number | null;
    readonly text: string;
  }

  async function answer(session: Connection, sql: string): Promise<Answer> {
    try {
      const [rows] = await session.query(sql);
      return { rows: (rows as unknown[]).length, errno: null, text: JSON.stringify((rows as unknown[]).map((row) => JSON.stringify(row)).sort()) };
    } catch (error) {
      const { errno, message } = error as { readonly errno?: number; readonly message: string };
      if (errno === undefined) throw error;
      return { rows: 0, errno, text: message };
    }
  }

  /** A session of a user who was granted what the verdict reports, and no more. */
  async function reader({ relations, columns }: GuardedStatement): Promise<Connection> {
    const grants = relations.map(({ schema, name }) => {
      const read = columns.filter((column) => column.schema === schema && column.relation === name).map(({ column }) => column);
      // One column is what a count of rows takes.
      const list = read.length === 0 ? ['id'] : read;
      return `GRANT SELECT (${list.map((column) => `\`${column}\``).join(', ')}) ON \`${schema}\`.\`${name}\``;
    });
    const key = grants.join(';');
    const known = readers.get(key);
    if (known !== undefined) return known;
    const name = `reader_${String(readers.size)}`;
    await observer.query(`CREATE USER '${name}'@'%' IDENTIFIED BY 'reads-only'`);
    await observer.query(`GRANT SELECT ON shop.rates TO '${name}'@'%'`);
    for (const grant of grants) await observer.query(`${grant} TO '${name}'@'%'`);
    const session = await server!.connect({ user: name, password: 'reads-only' });
    readers.set(key, session);
    return session;
  }

  /** Random values and the time of day differ from one run to the next. */
  const changing = /RAND|UUID|SYSDATE|NOW|CUR|UTC_|LOCALTIME|UNIX_TIMESTAMP/i;

  async function readsWhatItReports(sql: string, reported: GuardedStatement, rowLimit: number | null): Promise<void> {
    const [one, two] = [await answer(client, sql), await answer(other, sql)];
    if (one.errno === null) counts.executed += 1;
    expect(one.text, `${sql}\nshows a secret`).not.toContain('TOPSECRET');
    // One that ran out of time, on a machine that is busy, says nothing.
    if (!changing.test(sql) && one.errno !== outOfTime && two.errno !== outOfTime) expect(two.text, `${sql}\ndepends on what is hidden`).toBe(one.text);
    if (rowLimit !== null) expect(one.rows, sql).toBeLessThanOrEqual(rowLimit + 1);
    // To those who may not read a table MySQL says so of names that are no columns of it, too.
    if (one.errno !== null) return;
    const { errno, text } = await answer(await reader(reported), sql);
    expect(privilegeErrors.has(errno ?? 0), `${sql}\nreads more than ${JSON.stringify(reported.columns)}: ${text}`).toBe(false);
  }

  async function holds(sql: string): Promise<void> {
    counts.statements += 1;
    const verdict = guard.check(sql);
    if (!verdict.ok) return;
    counts.accepted += 1;
    if (verdict.statement.parameters.length > 0) return;
    await readsWhatItReports(sql.replace(/;\s*$/, ''), verdict.statement, null);
    const enforced = guard.enforce(sql);
    if (!enforced.ok) return;
    counts.enforced += 1;
    await readsWhatItReports(enforced.statement.sql, verdict.statement, enforced.statement.rowLimit);
  }

  it(`reads what it reports, changes nothing, and does not depend on what is hidden, over ${String(total)} statements`, async () => {
    const before = await mysqlDurableState(observer, server!.files);
    for (let done = 0; done < total; done += BATCH) {
      await client.query('START TRANSACTION');
      const session = await mysqlSessionState(client);
      await fc.assert(fc.asyncProperty(statement, holds), { numRuns: Math.min(BATCH, total - done), seed: seed + done, endOnFailure: false });
      expect(await mysqlSessionState(client), `a statement of the seed ${String(seed + done)} changes its session`).toBe(session);
      await client.query('COMMIT');
      const after = await mysqlDurableState(observer, server!.files);
      expect({ data: after.data, variables: [...after.variables] }, `a statement of the seed ${String(seed + done)} changes something`).toEqual({ data: before.data, variables: [...before.variables] });
    }
    expect(counts.accepted).toBeGreaterThan(total / 20);
    expect(counts.executed).toBeGreaterThan(total / 40);
  }, 60_000 + total * 200);
});
