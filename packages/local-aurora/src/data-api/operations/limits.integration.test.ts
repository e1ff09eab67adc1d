import { BatchExecuteStatementCommand, BeginTransactionCommand, ExecuteStatementCommand, RollbackTransactionCommand } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalDataApi } from '../start-local-data-api.js';
import { type DataApiFixture, parameter, sdkClient, startFixture } from '../../../test-support/data-api-fixture.js';
import { createManualClock } from '../../../test-support/manual-clock.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const tooBig = { name: 'UnsupportedResultException', message: 'The result exceeds the size limit 1 MB.', $metadata: { httpStatusCode: 400 } };
const active = (part: string) => fixture.admin("select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and position($1 in query) > 0", [part]);

describe('the response limit', () => {
  // 2 bytes a row, 4 a column, and the text: 42 a row for a uuid, 2,006 for a thousand two-byte characters.
  test.each([
    ['select md5(v::text)::uuid from generate_series(1, 24966) v', 24_966],
    ["select repeat('é', 1000) from generate_series(1, 522)", 522],
  ])('%s is within it', async (sql, rows) => {
    expect((await fixture.execute(sql)).records).toHaveLength(rows);
  });

  test.each(['select md5(v::text)::uuid from generate_series(1, 24967) v', "select repeat('é', 1000) from generate_series(1, 523)", "select repeat('x', 1100000)"])('%s is over it', async (sql) => {
    await expect(fixture.execute(sql)).rejects.toMatchObject(tooBig);
    await expect(fixture.execute(sql, { formatRecordsAs: 'JSON' })).rejects.toMatchObject(tooBig);
  });

  test('stops a statement that would go on and on', async () => {
    // Left to its end this would be ten terabytes.
    await expect(fixture.execute("select repeat('x', 10000), generate_series(1, 1000000000)")).rejects.toMatchObject(tooBig);
    await expect.poll(() => active('generate_series(1, 1000000000)')).toEqual([]);
  });

  test('leaves a write with a large RETURNING done', async () => {
    await fixture.execute('create table large (t text)');
    await expect(fixture.execute("insert into large select repeat('x', 1000) from generate_series(1, 2000) returning t")).rejects.toMatchObject(tooBig);
    expect(await fixture.row('select count(*) from large')).toEqual([{ longValue: 2_000 }]);
  });
});

test('a row over 64 KB is returned, unless the limit is switched on', async () => {
  expect((await fixture.row("select repeat('x', 100000)"))[0]?.stringValue).toHaveLength(100_000);
  const api = await startLocalDataApi({ postgres: fixture.postgres, limits: { rowBytes: 64 * 1024 } });
  const client = sdkClient(api.endpoint);
  const select = (length: number) => client.send(new ExecuteStatementCommand({ ...fixture.target, sql: `select repeat('x', ${length})` }));
  expect((await select(65_530)).records).toHaveLength(1);
  await expect(select(65_531)).rejects.toMatchObject({ name: 'BadRequestException', message: 'Packet for query is too large' });
  client.destroy();
  await api.stop();
});

test('formatted records have a limit of their own', async () => {
  const [one, two] = ['a'.repeat(63), 'b'.repeat(63)];
  const format = async (rows: number) => (await fixture.execute(`select 1 as ${one}, 2 as ${two} from generate_series(1, ${rows})`, { formatRecordsAs: 'JSON' })).formattedRecords?.length;
  expect(await format(75_000)).toBe(75_000 * 138 + 1);
  const failure: unknown = await format(76_000).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'BadRequestException', message: 'The formatted records exceed the size limit 10 MB.' });
});

test('the text of a statement ends at 65,536 characters', async () => {
  const padded = (length: number) => 'select 1'.padEnd(length);
  expect((await fixture.execute(padded(65_536))).records).toHaveLength(1);
  await expect(fixture.execute(padded(65_537))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("at 'sql' failed to satisfy constraint: Member must have length less than or equal to 65536") });
});

test('a request ends at 4 MiB', async () => {
  const send = (bytes: number) => fixture.execute('select length(:t)', { parameters: [parameter('t', { stringValue: 'x'.repeat(bytes) })] });
  expect((await send(4_190_000)).records).toEqual([[{ longValue: 4_190_000 }]]);
  for (const bytes of [4_194_304, 20_000_000]) await expect(send(bytes)).rejects.toMatchObject({ name: 'BadRequestException', $metadata: { httpStatusCode: 400 } });
});

describe('after 45 seconds', () => {
  const clock = createManualClock();
  let timed: DataApiFixture;
  beforeAll(async () => {
    timed = await startFixture({ clock });
  });
  afterAll(() => timed.stop());

  const running = async (part: string) => (await timed.admin("select pid from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and position($1 in query) > 0", [part])).map(({ pid }) => pid);
  const timeout = async (call: Promise<unknown>, part: string) => {
    const outcome = call.then(() => null, (error: unknown) => error);
    await expect.poll(async () => (await running(part)).length).toBe(1);
    const [pid] = await running(part);
    clock.advance(44_999);
    expect(await running(part)).toEqual([pid]);
    clock.advance(1);
    return { outcome: await outcome, pid };
  };

  test('a statement is stopped', async () => {
    const { outcome, pid } = await timeout(timed.execute('select pg_sleep(60.1)'), '60.1');
    expect(outcome).toMatchObject({ name: 'StatementTimeoutException', message: 'Request timed out', dbConnectionId: pid, $metadata: { httpStatusCode: 400 } });
    await expect.poll(() => running('60.1')).toEqual([]);
    expect(await timed.row('select 1')).toEqual([{ longValue: 1 }]);
  });

  test('a transaction has failed but is still there', async () => {
    const { transactionId } = await timed.client.send(new BeginTransactionCommand(timed.target));
    const { outcome } = await timeout(timed.execute('select pg_sleep(60.2)', { transactionId }), '60.2');
    expect(outcome).toMatchObject({ name: 'StatementTimeoutException' });
    await expect(timed.execute('select 1', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('25P02') });
    await timed.client.send(new RollbackTransactionCommand({ ...timed.target, transactionId }));
  });

  test('a batch is stopped, counted as a whole', async () => {
    const parameterSets = [1, 2].map((n) => [parameter('n', { longValue: n })]);
    const { outcome } = await timeout(timed.client.send(new BatchExecuteStatementCommand({ ...timed.target, sql: 'select pg_sleep(60.3), :n', parameterSets })), '60.3');
    expect(outcome).toMatchObject({ name: 'StatementTimeoutException' });
    await expect.poll(() => running('60.3')).toEqual([]);
  });

  test('a statement with continueAfterTimeout goes on to its end', async () => {
    await timed.execute('create table finished (n int)');
    await timed.admin('select pg_advisory_lock(77)');
    const { outcome } = await timeout(timed.execute('insert into finished select 1 from pg_advisory_xact_lock(77)', { continueAfterTimeout: true }), 'xact_lock(77)');
    expect(outcome).toMatchObject({ name: 'StatementTimeoutException' });
    expect(await timed.row('select count(*) from finished')).toEqual([{ longValue: 0 }]);
    await timed.admin('select pg_advisory_unlock(77)');
    await expect.poll(async () => (await timed.row('select count(*) from finished'))[0]).toEqual({ longValue: 1 });
    await expect.poll(() => timed.api.stats().sessions.open - timed.api.stats().sessions.idle).toBe(0);
  });
});

test("a user's own statement_timeout is PostgreSQL's error, not the service's", async () => {
  const { transactionId } = await fixture.client.send(new BeginTransactionCommand(fixture.target));
  await fixture.execute("set local statement_timeout = '50ms'", { transactionId });
  await expect(fixture.execute('select pg_sleep(5)', { transactionId })).rejects.toMatchObject({ name: 'DatabaseErrorException', message: 'ERROR: canceling statement due to statement timeout; SQLState: 57014' });
  await fixture.client.send(new RollbackTransactionCommand({ ...fixture.target, transactionId }));
});

test('calls wait for a session, and are refused when none comes free', async () => {
  const api = await startLocalDataApi({ postgres: fixture.postgres, limits: { sessions: 2, sessionWaitMs: 2_000 } });
  const client = sdkClient(api.endpoint);
  const run = (sql: string) => client.send(new ExecuteStatementCommand({ ...fixture.target, sql }));
  await Promise.all(Array.from({ length: 20 }, () => run('select pg_sleep(0.02)')));
  expect(api.stats().sessions.open).toBe(2);
  await fixture.admin('select pg_advisory_lock(78)');
  const slow = [run('select pg_advisory_lock_shared(78)'), run('select pg_advisory_lock_shared(78)')];
  await expect.poll(() => active('lock_shared(78)')).toHaveLength(2);
  await expect(run('select 1')).rejects.toMatchObject({ name: 'DatabaseErrorException', message: 'ERROR: sorry, too many clients already; SQLState: 53300' });
  await fixture.admin('select pg_advisory_unlock(78)');
  await Promise.all(slow);
  expect((await run('select 1')).records).toHaveLength(1);
  client.destroy();
  await api.stop();
});
