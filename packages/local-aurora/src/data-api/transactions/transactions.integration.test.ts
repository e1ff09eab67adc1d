import { BatchExecuteStatementCommand, BeginTransactionCommand, CommitTransactionCommand, RollbackTransactionCommand } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataApiFixture, parameter, startFixture } from '../../../test-support/data-api-fixture.js';
import { createManualClock } from '../../../test-support/manual-clock.js';

const clock = createManualClock();
let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture({ clock });
  await fixture.execute('create table entry (n int primary key)');
});
afterAll(() => fixture.stop());

const begin = async (): Promise<string> => (await fixture.client.send(new BeginTransactionCommand(fixture.target))).transactionId!;
const commit = (transactionId: string) => fixture.client.send(new CommitTransactionCommand({ ...fixture.target, transactionId }));
const rollback = (transactionId: string) => fixture.client.send(new RollbackTransactionCommand({ ...fixture.target, transactionId }));
const count = async () => Number((await fixture.admin('select count(*) from entry'))[0]!['count']);
const notFound = (transactionId: string) => ({ name: 'TransactionNotFoundException', message: `Transaction ${transactionId} is not found`, $metadata: { httpStatusCode: 404 } });
const eventually = (check: () => Promise<void> | void) => expect.poll(async () => Promise.resolve(check()).then(() => true, (error: unknown) => error)).toBe(true);

describe('a transaction', () => {
  test('stays open after an SQL error, and refuses what follows with 25P02', async () => {
    const transactionId = await begin();
    await fixture.execute('insert into entry values (100)', { transactionId });
    await expect(fixture.execute('select nothing', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('SQLState: 42703') });
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: 'ERROR: current transaction is aborted, commands ignored until end of transaction block; SQLState: 25P02',
    });
    expect(await rollback(transactionId)).toMatchObject({ transactionStatus: 'Rollback Complete' });
    expect(await count()).toBe(0);
  });

  test('that has failed is not committed, and the status of the commit says so', async () => {
    const transactionId = await begin();
    await fixture.execute('insert into entry values (101)', { transactionId });
    await expect(fixture.execute('select nothing', { transactionId })).rejects.toThrow();
    expect(await commit(transactionId)).toMatchObject({ transactionStatus: 'Rollback Complete' });
    expect(await count()).toBe(0);
  });

  test('goes back to a savepoint', async () => {
    const transactionId = await begin();
    await fixture.execute('savepoint here', { transactionId });
    await expect(fixture.execute('select nothing', { transactionId })).rejects.toThrow();
    await fixture.execute('rollback to savepoint here', { transactionId });
    expect(await fixture.row('select 1', { transactionId })).toEqual([{ longValue: 1 }]);
    await rollback(transactionId);
  });

  test('runs one call at a time', async () => {
    const transactionId = await begin();
    await fixture.admin('select pg_advisory_lock(79)');
    const slow = fixture.execute('select pg_advisory_lock_shared(79)', { transactionId });
    await eventually(async () => expect(await fixture.admin("select 1 from pg_locks where locktype = 'advisory' and not granted")).toHaveLength(1));
    const busy = { name: 'DatabaseErrorException', message: 'Transaction is still running a query' };
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(busy);
    await expect(commit(transactionId)).rejects.toMatchObject(busy);
    await fixture.admin('select pg_advisory_unlock(79)');
    await slow;
    expect(await fixture.row('select 1', { transactionId })).toEqual([{ longValue: 1 }]);
    await rollback(transactionId);
  });

  test('is gone once it has ended', async () => {
    const transactionId = await begin();
    await commit(transactionId);
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(notFound(transactionId));
    await expect(commit(transactionId)).rejects.toMatchObject(notFound(transactionId));
    await expect(rollback(transactionId)).rejects.toMatchObject(notFound(transactionId));
  });

  test('is gone once SQL has ended it', async () => {
    const transactionId = await begin();
    await fixture.execute('insert into entry values (102)', { transactionId });
    await fixture.execute('rollback', { transactionId });
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(notFound(transactionId));
    expect(await count()).toBe(0);
  });

  test('is gone once its session is', async () => {
    const transactionId = await begin();
    const pid = (await fixture.row('select pg_backend_pid()', { transactionId }))[0]!.longValue;
    await expect(fixture.execute('select pg_terminate_backend(pg_backend_pid())', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('57P01') });
    await eventually(async () => expect(await fixture.admin('select 1 from pg_stat_activity where pid = $1', [pid])).toHaveLength(0));
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(notFound(transactionId));
    expect(fixture.api.stats().transactions).toBe(0);
  });

  test('is known only to the secret that began it', async () => {
    await expect(fixture.execute('select 1', { transactionId: 'AAAA' })).rejects.toMatchObject(notFound('AAAA'));
  });

  test('is refused for another database than its own', async () => {
    const transactionId = await begin();
    await expect(fixture.execute('select 1', { transactionId, database: 'template1' })).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(await fixture.row('select 1', { transactionId, database: 'postgres' })).toEqual([{ longValue: 1 }]);
    await rollback(transactionId);
  });

  test('has no continueAfterTimeout', async () => {
    const transactionId = await begin();
    await expect(fixture.execute('select 1', { transactionId, continueAfterTimeout: true })).rejects.toMatchObject({ name: 'BadRequestException' });
    await rollback(transactionId);
  });

  test('takes batches', async () => {
    const transactionId = await begin();
    const parameterSets = [1, 2, 3].map((n) => [parameter('n', { longValue: n })]);
    await fixture.client.send(new BatchExecuteStatementCommand({ ...fixture.target, transactionId, sql: 'insert into entry values (:n)', parameterSets }));
    expect(await fixture.row('select count(*) from entry', { transactionId })).toEqual([{ longValue: 3 }]);
    await rollback(transactionId);
    expect(await count()).toBe(0);
  });

  test('keeps a cursor, which survives a page over the response limit', async () => {
    const transactionId = await begin();
    await fixture.execute("declare pages scroll cursor for select n, repeat('x', 600000) from generate_series(1, 3) n", { transactionId });
    await expect(fixture.execute('fetch 2 from pages', { transactionId })).rejects.toMatchObject({ name: 'UnsupportedResultException', message: 'The result exceeds the size limit 1 MB.' });
    await fixture.execute('move backward 2 from pages', { transactionId });
    const pages = [];
    for (let page = 0; page < 4; page += 1) pages.push((await fixture.execute('fetch 1 from pages', { transactionId })).records?.[0]?.[0]?.longValue);
    expect(pages).toEqual([1, 2, 3, undefined]);
    await rollback(transactionId);
  });

  test('is rolled back after three minutes without a call', async () => {
    const transactionId = await begin();
    await fixture.execute('insert into entry values (103)', { transactionId });
    clock.advance(179_999);
    expect(await fixture.row('select 1', { transactionId })).toEqual([{ longValue: 1 }]);
    clock.advance(179_999);
    expect(fixture.api.stats().transactions).toBe(1);
    clock.advance(1);
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(notFound(transactionId));
    await eventually(async () => expect(await fixture.admin("select 1 from pg_stat_activity where state like 'idle in transaction%'")).toHaveLength(0));
    expect(await count()).toBe(0);
  });

  test('is rolled back after twenty-four hours', async () => {
    const transactionId = await begin();
    const day = 24 * 60 * 60_000;
    const step = 179_000;
    for (let passed = step; passed < day; passed += step) {
      clock.advance(step);
      await fixture.execute('select 1', { transactionId });
    }
    clock.advance(day % step);
    await expect(fixture.execute('select 1', { transactionId })).rejects.toMatchObject(notFound(transactionId));
  });
});

describe('between two calls outside a transaction, a session forgets', () => {
  test.each([
    ['a setting', "set search_path to 'elsewhere'", 'show search_path', [{ stringValue: '"$user", public' }]],
    ['a role', 'set role pg_read_all_data', "select current_user = session_user", [{ booleanValue: true }]],
    ['a BEGIN', 'begin', 'select pg_current_xact_id_if_assigned() is null', [{ booleanValue: true }]],
    ['a temporary table', 'create temporary table passing (n int)', "select to_regclass('pg_temp.passing') is null", [{ booleanValue: true }]],
    ['an advisory lock', 'select pg_advisory_lock(7)', "select count(*) from pg_locks where locktype = 'advisory'", [{ longValue: 0 }]],
  ])('%s', async (_, change, look, expected) => {
    await fixture.execute(change);
    await eventually(() => expect(fixture.api.stats().sessions.idle).toBe(fixture.api.stats().sessions.open));
    expect(await fixture.row(look)).toEqual(expected);
  });

  test('a prepared statement', async () => {
    await fixture.execute('prepare p as select 1');
    await expect(fixture.execute('execute p')).rejects.toMatchObject({ message: expect.stringContaining('prepared statement "p" does not exist') });
  });

  test('but a setting given to a transaction holds in it', async () => {
    const transactionId = await begin();
    await fixture.execute("select set_config('app.tenant', '42', true)", { transactionId });
    expect(await fixture.row("select current_setting('app.tenant')", { transactionId })).toEqual([{ stringValue: '42' }]);
    await commit(transactionId);
    expect(await fixture.row("select current_setting('app.tenant', true)")).not.toEqual([{ stringValue: '42' }]);
  });
});

test('a session that nobody needs for half a minute is closed', async () => {
  await fixture.execute('select 1');
  await eventually(() => expect(fixture.api.stats().sessions.idle).toBe(fixture.api.stats().sessions.open));
  clock.advance(30_000);
  await eventually(() => expect(fixture.api.stats().sessions).toEqual({ open: 0, idle: 0, waiting: 0 }));
  expect(await fixture.row('select 1')).toEqual([{ longValue: 1 }]);
});

describe('a batch', () => {
  const batch = (sql: string, values?: number[]) =>
    fixture.client.send(new BatchExecuteStatementCommand({ ...fixture.target, sql, ...(values ? { parameterSets: values.map((n) => [parameter('n', { longValue: n })]) } : {}) }));

  test('runs nothing without parameter sets', async () => {
    expect((await batch('insert into entry values (200)')).updateResults).toEqual([]);
    expect(await count()).toBe(0);
  });

  test('runs once for an empty parameter set', async () => {
    await fixture.client.send(new BatchExecuteStatementCommand({ ...fixture.target, sql: 'insert into entry values (201)', parameterSets: [[]] }));
    expect(await fixture.admin('delete from entry returning n')).toEqual([{ n: 201 }]);
  });

  test('keeps what came before the set that fails', async () => {
    await expect(batch('insert into entry values (:n)', [1, 2, 1, 3])).rejects.toMatchObject({ message: expect.stringContaining('SQLState: 23505') });
    expect(await fixture.admin('delete from entry returning n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('gives no rows back, whatever RETURNING says', async () => {
    expect((await batch('insert into entry values (:n) returning n', [5])).updateResults).toEqual([{ generatedFields: [] }]);
    await fixture.admin('delete from entry');
  });
});
