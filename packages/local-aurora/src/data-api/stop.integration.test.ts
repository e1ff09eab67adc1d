import { BeginTransactionCommand, ExecuteStatementCommand } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalDataApi } from './start-local-data-api.js';
import { type DataApiFixture, sdkClient, startFixture } from '../../test-support/data-api-fixture.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.admin('create table kept (n int)');
});
afterAll(() => fixture.stop());

const backends = () => fixture.admin("select pid from pg_stat_activity where application_name = 'ask-aurora-data-api' and pid <> pg_backend_pid()");

describe('stop', () => {
  test('rolls transactions back, ends running statements and leaves no connection', async () => {
    await fixture.api.stop();
    await expect.poll(backends).toEqual([]);
    const api = await startLocalDataApi({ postgres: fixture.postgres });
    const client = sdkClient(api.endpoint);
    const run = (sql: string, transactionId?: string) => client.send(new ExecuteStatementCommand({ ...fixture.target, sql, ...(transactionId === undefined ? {} : { transactionId }) }));
    const { transactionId } = await client.send(new BeginTransactionCommand(fixture.target));
    await run('insert into kept values (1)', transactionId);
    const slow = run('select pg_sleep(60)').then(() => 'answered', () => 'failed');
    const slowInTransaction = run('select pg_sleep(60)', transactionId).then(() => 'answered', () => 'failed');
    await expect.poll(() => fixture.admin("select 1 from pg_stat_activity where state = 'active' and query = 'select pg_sleep(60)'")).toHaveLength(2);
    // Both statements are answered if they are left to their end.
    await Promise.all([api.stop(), api.stop()]);
    expect([await slow, await slowInTransaction]).toEqual(['failed', 'failed']);
    await expect.poll(backends).toEqual([]);
    expect(await fixture.admin('select n from kept')).toEqual([]);
    await expect(run('select 1')).rejects.toThrow();
    client.destroy();
  });

  test('happens when the signal aborts', async () => {
    const controller = new AbortController();
    const api = await startLocalDataApi({ postgres: fixture.postgres, signal: controller.signal });
    controller.abort();
    await expect.poll(() => fetch(`${api.endpoint}/_ask-aurora/health`).then(() => 'up', () => 'down')).toBe('down');
    await expect(startLocalDataApi({ postgres: fixture.postgres, signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});

test('a server whose PostgreSQL went away says so, and recovers when it is back', async () => {
  const api = await startLocalDataApi({ postgres: fixture.postgres });
  const client = sdkClient(api.endpoint);
  const run = (sql: string) => client.send(new ExecuteStatementCommand({ ...fixture.target, sql }));
  await run('select 1');
  await fixture.admin("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ask-aurora-data-api'");
  await expect.poll(backends).toEqual([]);
  expect((await run('select 2')).records).toEqual([[{ longValue: 2 }]]);
  await fixture.postgres.stop();
  await expect(run('select 3')).rejects.toMatchObject({ name: 'DatabaseUnavailableException', $metadata: { httpStatusCode: 504 } });
  client.destroy();
  await api.stop();
});
