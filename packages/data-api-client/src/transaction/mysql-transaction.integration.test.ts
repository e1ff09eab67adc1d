import { beforeAll, describe, expect, test } from 'vitest';
import { TransactionAbortedError } from '../errors/transaction-aborted-error.js';
import { hasMysql, useMysqlDataApi } from '../testing/mysql-data-api.js';
import type { Transaction } from './transaction.js';

const api = useMysqlDataApi({ limits: { sessions: 1 } });
const two = useMysqlDataApi();

describe.skipIf(!hasMysql)('a transaction on MySQL', () => {
  const count = async (): Promise<bigint> => (await api.client.one<{ n: bigint }>('select count(*) as n from ledger')).n;
  const add = (transaction: Pick<Transaction, 'execute'>, id: number): Promise<unknown> => transaction.execute('insert into ledger values (:id)', { id });
  /** The settings of the one session that every call of this file gets, beside what the server resets between two loans. */
  const session = (transaction: Pick<Transaction, 'query'>) => async (): Promise<Record<string, string>> => {
    const { rows } = await transaction.query<string[]>("show session variables where variable_name in ('transaction_isolation', 'tx_isolation', 'max_execution_time', 'max_statement_time')", {}, { rowMode: 'array' });
    return Object.fromEntries(rows.map(([name = '', value = '']) => [name.replace(/^tx_/u, 'transaction_').replace(/^max_.*/u, 'timeout'), value]));
  };

  beforeAll(async () => {
    await api.client.execute('create table ledger (id int primary key)');
    await two.client.execute('create table pair (id int primary key, n int not null)');
    await two.client.execute('insert into pair values (1, 0), (2, 0)');
  });

  test('commits what its function did, and rolls back when it throws', async () => {
    await api.client.transaction((tx) => add(tx, 1));
    await expect(api.client.transaction(async (tx) => { await add(tx, 2); throw new Error('no'); })).rejects.toThrow('no');
    expect(await count()).toBe(1n);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('goes on after a statement that failed, which MySQL undoes alone', async () => {
    await api.client.transaction(async (tx) => {
      await expect(add(tx, 1)).rejects.toMatchObject({ code: 'database-error', errorNumber: 1062, sqlState: '23000', executed: 'no' });
      await add(tx, 3);
    });
    expect(await count()).toBe(2n);
  });

  test('savepoints undo their own statements', async () => {
    await api.client.transaction(async (tx) => {
      await expect(tx.savepoint(async (inner) => { await add(inner, 4); throw new Error('undo'); })).rejects.toThrow('undo');
      await tx.savepoint((inner) => add(inner, 5));
    });
    await api.client.transaction({ savepoints: true }, async (tx) => { await add(tx, 5).catch(() => undefined); await add(tx, 6); });
    expect((await api.client.query<{ id: number }>('select id from ledger order by id')).rows.map(({ id }) => id)).toEqual([1, 3, 5, 6]);
  });

  test('the isolation level is that of the session, and another one is refused', async () => {
    expect(await api.client.transaction({ isolation: 'repeatable read' }, async (tx) => (await session(tx)())['transaction_isolation'])).toBe('REPEATABLE-READ');
    for (const isolation of ['read committed', 'serializable'] as const) {
      await expect(api.client.transaction({ isolation }, (tx) => add(tx, 98))).rejects.toMatchObject({ code: 'configuration', message: expect.stringContaining('runs at repeatable read') });
    }
    expect(await api.client.maybeOne('select id from ledger where id = 98')).toBeUndefined();
    expect(api.server.stats().transactions).toBe(0);
  });

  test('read only refuses writes, and readOnly always rolls back', async () => {
    const refused = { code: 'database-error', errorNumber: 1792, sqlState: '25006' };
    await expect(api.client.transaction({ readOnly: true }, (tx) => add(tx, 7))).rejects.toMatchObject(refused);
    await expect(api.client.readOnly({ isolation: 'repeatable read' }, (tx) => add(tx, 7))).rejects.toMatchObject(refused);
    expect(await api.client.readOnly((tx) => tx.one("select 'read' as n"))).toEqual({ n: 'read' });
  });

  test('settings are user variables, which are gone before the session is lent to others', async () => {
    const settings = { 'app.tenant': "o'neill \\", 'app`role': 'reader' };
    const seen = await api.client.transaction({ settings }, async (tx) => {
      const row = await tx.one('select @`app.tenant` as tenant, @`app``role` as role');
      await add(tx, 8);
      return row;
    });
    expect(seen).toEqual({ tenant: "o'neill \\", role: 'reader' });
    await expect(api.client.transaction({ settings }, (tx) => add(tx, 8))).rejects.toMatchObject({ errorNumber: 1062 });
    expect(await api.client.one('select @`app.tenant` as tenant, @`app``role` as role')).toEqual({ tenant: null, role: null });
  });

  test('what was set in the session is undone in the transaction itself, not left to the service', async () => {
    const statements: string[] = [];
    const client = api.connect({ hooks: { onStart: ({ operation, sql }) => void statements.push(sql === '' ? operation : sql) } });
    await client.transaction({ isolation: 'repeatable read', readOnly: true, settings: { tenant: 'acme' }, statementTimeoutMs: 2_000 }, async (tx) => {
      expect((await session(tx)())['timeout']).toMatch(/^2(?:000|\.0+)$/u);
      await tx.query('select 1');
    });
    const timeout = /^set session max_\w+_time = /u;
    expect(statements.filter((statement) => !statement.startsWith('show'))).toEqual([
      'begin', 'start transaction read only',
      expect.stringMatching(timeout), 'set @`tenant` = :v1', 'select 1', 'set @`tenant` = null', expect.stringMatching(/^set session max_\w+_time = 0(?:\.0+)?$/u), 'commit',
    ]);
    statements.length = 0;
    await expect(client.transaction({ settings: { tenant: 'acme' } }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(statements).toEqual(['begin', 'set @`tenant` = :v1', 'set @`tenant` = null', 'rollback']);
  });

  test('a signal that fires while the options are set leaves nothing set and nothing open', async () => {
    for (const at of ['begin', 'show', 'start transaction', 'set session max', 'set @']) {
      const controller = new AbortController();
      const client = api.connect({ hooks: { onStart: ({ operation, sql }) => void ((sql === '' ? operation : sql).startsWith(at) && controller.abort()) } });
      await expect(client.transaction({ isolation: 'repeatable read', readOnly: true, statementTimeoutMs: 2_000, settings: { tenant: 'acme' }, signal: controller.signal }, (tx) => add(tx, 99))).rejects.toMatchObject({ code: 'aborted' });
      await expect.poll(() => api.server.stats().transactions).toBe(0);
      expect([at, await api.client.one('select @tenant as tenant')]).toEqual([at, { tenant: null }]);
    }
    expect(await api.client.maybeOne('select id from ledger where id = 99')).toBeUndefined();
  });

  test.each(['create table other (id int)', ' /* x */ TRUNCATE ledger', 'begin', 'start transaction', 'commit', 'rollback', 'set autocommit = 1', 'alter table ledger add n int'])('%s would end it, and is refused before it is sent', async (statement) => {
    await expect(api.client.transaction((tx) => tx.execute(statement))).rejects.toMatchObject({ code: 'configuration', executed: 'no' });
    expect(await count()).toBeGreaterThan(0n);
  });

  test('a temporary table does not end it', async () => {
    const rows = await api.client.transaction(async (tx) => {
      await tx.execute('create temporary table scratch (id int)');
      await tx.execute('insert into scratch select id from ledger');
      const all = await tx.query('select id from scratch');
      await tx.execute('drop temporary table scratch');
      return all.rowCount;
    });
    expect(BigInt(rows)).toBe(await count());
  });

  test('after a deadlock, which undoes all of it, nothing more is sent, and it is run again if asked', async () => {
    const bump = (tx: Transaction, id: number): Promise<unknown> => tx.execute('update pair set n = n + 1 where id = :id', { id });
    const meet = (): { readonly arrive: () => Promise<void> } => {
      let waiting = 2;
      let open: () => void = () => undefined;
      const met = new Promise<void>((resolve) => { open = resolve; });
      return { arrive: () => { waiting -= 1; if (waiting <= 0) open(); return met; } };
    };
    const both = meet();
    const after: unknown[] = [];
    const cross = (first: number, second: number, retries: number): Promise<unknown> => two.client.transaction({ retries }, async (tx) => {
      await bump(tx, first);
      await both.arrive();
      await bump(tx, second).catch(async (error: unknown) => {
        after.push(await bump(tx, first).catch((reason: unknown) => reason));
        throw error;
      });
    });
    await Promise.all([cross(1, 2, 3), cross(2, 1, 3)]);
    expect(after).toEqual([expect.any(TransactionAbortedError)]);
    expect((await two.client.query<{ n: number }>('select n from pair')).rows).toEqual([{ n: 2 }, { n: 2 }]);
  });
});
