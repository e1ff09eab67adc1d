import { CommitTransactionCommand, BeginTransactionCommand, ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DataApiFixture, parameter, startFixture } from '../../../test-support/data-api-fixture.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.execute('create table ledger (id int)');
});
afterEach(async () => {
  fixture.api.faults.clear();
  await fixture.admin('truncate ledger');
});
afterAll(() => fixture.stop());

const write = (id: number) => fixture.execute('insert into ledger values (:id)', { parameters: [parameter('id', { longValue: id })] });
const written = async () => (await fixture.admin('select id from ledger order by id')).map(({ id }) => id);

describe('an injected fault', () => {
  test('of resuming refuses calls until its time is over', async () => {
    const { faults, resourceArn } = fixture.api;
    faults.resumeFor(3_000);
    await expect(write(1)).rejects.toMatchObject({
      name: 'DatabaseResumingException',
      message: `The Aurora DB instance ${resourceArn} is resuming after being auto-paused. Please wait a few seconds and try again.`,
      $metadata: { httpStatusCode: 400 },
    });
    await expect.poll(() => write(2).then(() => 'done', () => 'resuming'), { interval: 50 }).toBe('done');
    expect(await written()).toEqual([2]);
  });

  test('of throttling is retried by the SDK as the real one is', async () => {
    const rule = fixture.api.faults.inject({ fault: { kind: 'throttling' }, times: 2 });
    const client = new RDSDataClient({ endpoint: fixture.api.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'a' } });
    await client.send(new ExecuteStatementCommand({ ...fixture.target, sql: 'insert into ledger values (3)' }));
    expect(rule.hits).toBe(2);
    expect(await written()).toEqual([3]);
    client.destroy();
  });

  test('of latency delays the call', async () => {
    fixture.api.faults.inject({ fault: { kind: 'latency', milliseconds: 150 }, times: 1 });
    const started = performance.now();
    await write(4);
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
  });

  test('of a connection dropped before leaves nothing done', async () => {
    fixture.api.faults.inject({ fault: { kind: 'drop-before' }, times: 1 });
    await expect(write(5)).rejects.toThrow();
    expect(await written()).toEqual([]);
  });

  test('of a connection dropped after leaves the write done, which the caller can not know', async () => {
    fixture.api.faults.inject({ fault: { kind: 'drop-after' }, times: 1 });
    await expect(write(6)).rejects.toThrow();
    expect(await written()).toEqual([6]);
  });

  test.each([
    [false, []],
    [true, [7]],
  ])('of a statement timeout, executed %s, leaves %j', async (executed, expected) => {
    fixture.api.faults.inject({ fault: { kind: 'statement-timeout', executed }, times: 1 });
    await expect(write(7)).rejects.toMatchObject({ name: 'StatementTimeoutException', $metadata: { httpStatusCode: 400 } });
    expect(await written()).toEqual(expected);
  });

  test('at the commit leaves the transaction open to be committed again', async () => {
    const { transactionId } = await fixture.client.send(new BeginTransactionCommand(fixture.target));
    await fixture.execute('insert into ledger values (8)', { transactionId });
    const commit = () => fixture.client.send(new CommitTransactionCommand({ ...fixture.target, transactionId }));
    fixture.api.faults.inject({ fault: { kind: 'error', name: 'ServiceUnavailableError' }, operations: ['CommitTransaction'], times: 1 });
    await expect(commit()).rejects.toMatchObject({ name: 'ServiceUnavailableError', $metadata: { httpStatusCode: 503 } });
    expect(await written()).toEqual([]);
    await commit();
    expect(await written()).toEqual([8]);
  });

  test('hits only the statements it names', async () => {
    fixture.api.faults.inject({ fault: { kind: 'throttling' }, sql: 'ledger' });
    expect(await fixture.row('select 1')).toEqual([{ longValue: 1 }]);
    await expect(write(9)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(fixture.api.stats().errors.ThrottlingException).toBeGreaterThan(0);
  });
});
