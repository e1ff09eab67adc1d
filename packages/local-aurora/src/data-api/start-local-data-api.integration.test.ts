import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DataApiFixture, startFixture } from '../../test-support/data-api-fixture.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const base = () => fixture.target;
const execute: DataApiFixture['execute'] = (sql, input) => fixture.execute(sql, input);

describe('the unmodified AWS SDK', () => {
  test('creates, writes, reads and deletes', async () => {
    expect(await execute('create table note (id serial primary key, body text not null)')).toMatchObject({ numberOfRecordsUpdated: 0, generatedFields: [] });
    const inserted = await execute('insert into note (body) values (:body)', { parameters: [{ name: 'body', value: { stringValue: 'first' } }] });
    expect(inserted).toMatchObject({ numberOfRecordsUpdated: 1, generatedFields: [] });
    expect(inserted.records).toBeUndefined();
    const read = await execute('select id, body from note where id = :id', { parameters: [{ name: 'id', value: { longValue: 1 } }] });
    expect(read.records).toEqual([[{ longValue: 1 }, { stringValue: 'first' }]]);
    expect(read.numberOfRecordsUpdated).toBe(0);
    expect(await execute('delete from note')).toMatchObject({ numberOfRecordsUpdated: 1 });
  });

  test('runs a statement once for each parameter set', async () => {
    await execute('create table item (name text)');
    const batch = await fixture.client.send(
      new BatchExecuteStatementCommand({ ...base(), sql: 'insert into item values (:n)', parameterSets: ['a', 'b'].map((value) => [{ name: 'n', value: { stringValue: value } }]) }),
    );
    expect(batch.updateResults).toEqual([{ generatedFields: [] }, { generatedFields: [] }]);
    expect((await execute('select name from item order by name')).records).toEqual([[{ stringValue: 'a' }], [{ stringValue: 'b' }]]);
  });

  test('keeps a transaction to itself until it commits', async () => {
    await execute('create table account (owner text)');
    const { transactionId } = await fixture.client.send(new BeginTransactionCommand(base()));
    expect(transactionId).toMatch(/^[A-Za-z0-9+/=]{184}$/);
    await execute("insert into account values ('a')", { transactionId });
    expect((await execute('select count(*) from account')).records).toEqual([[{ longValue: 0 }]]);
    expect((await fixture.client.send(new CommitTransactionCommand({ ...base(), transactionId }))).transactionStatus).toBe('Transaction Committed');
    expect((await execute('select count(*) from account')).records).toEqual([[{ longValue: 1 }]]);
  });

  test('takes back what a transaction did when it rolls back', async () => {
    await execute('create table attempt (n int)');
    const { transactionId } = await fixture.client.send(new BeginTransactionCommand(base()));
    await execute('insert into attempt values (1)', { transactionId });
    expect((await fixture.client.send(new RollbackTransactionCommand({ ...base(), transactionId }))).transactionStatus).toBe('Rollback Complete');
    expect((await execute('select count(*) from attempt')).records).toEqual([[{ longValue: 0 }]]);
    expect(fixture.api.stats().transactions).toBe(0);
  });

  test('is redirected by the environment alone', async () => {
    const variables = { AWS_ENDPOINT_URL_RDS_DATA: fixture.api.endpoint, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const redirected = new RDSDataClient({});
    expect((await redirected.send(new ExecuteStatementCommand({ ...base(), sql: 'select 1' }))).records).toEqual([[{ longValue: 1 }]]);
    redirected.destroy();
    vi.unstubAllEnvs();
  });

  test("shows PostgreSQL's errors as the service words them", async () => {
    await expect(execute('select * from nowhere')).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: 'ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
