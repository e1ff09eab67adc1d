import { request } from 'node:http';
import { ExecuteSqlCommand, ExecuteStatementCommand, BeginTransactionCommand } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalAuroraError } from '../../local-aurora-error.js';
import { startLocalDataApi } from '../start-local-data-api.js';
import { type DataApiFixture, sdkClient, startFixture } from '../../../test-support/data-api-fixture.js';

const readerArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/reader-Ab12Cd';
const wrongArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/wrong-Ab12Cd';
const adminArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:admin-Ab12Cd';
let fixture: DataApiFixture;
let roles: { readonly endpoint: string; stop(): Promise<void> };

beforeAll(async () => {
  fixture = await startFixture({ faultControl: true });
  await fixture.admin("create role reader login password 'read' in role pg_read_all_data");
  await fixture.admin('create table public.kept (n int)');
  await fixture.admin('create database other');
  const { adminUser: user, adminPassword: password } = fixture.postgres;
  roles = await startLocalDataApi({
    postgres: fixture.postgres,
    secrets: [{ arn: readerArn, user: 'reader', password: 'read' }, { arn: wrongArn, user: 'reader', password: 'not it' }, { arn: adminArn, user, password }],
  });
});
afterAll(async () => {
  await roles.stop();
  await fixture.stop();
});

const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=any/20241231/eu-west-1/rds-data/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc',
  'x-amz-date': '20241231T000000Z',
  'content-type': 'application/json',
};
const post = async (path: string, body: unknown, headers: Record<string, string> = signed) => {
  const response = await fetch(`${fixture.api.endpoint}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), requestId: response.headers.get('x-amzn-requestid'), media: response.headers.get('content-type'), body: (await response.json()) as unknown };
};

describe('a call', () => {
  test('is answered as JSON with a request id', async () => {
    const answer = await post('/Execute', { ...fixture.target, sql: 'select 1' });
    expect(answer).toMatchObject({ status: 200, type: null, media: 'application/json', body: { records: [[{ longValue: 1 }]], numberOfRecordsUpdated: 0 } });
    expect(answer.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('that fails names the error in a header and tells it in the body', async () => {
    expect(await post('/Execute', { ...fixture.target, sql: 'select nothing' })).toMatchObject({
      status: 400,
      type: 'DatabaseErrorException',
      body: { message: 'ERROR: column "nothing" does not exist; Position: 8; SQLState: 42703' },
    });
    expect(await post('/Execute', { ...fixture.target, sql: "select 'infinity'::date" })).toMatchObject({ status: 500, type: 'InternalFailure', body: {} });
  });

  test('must be signed', async () => {
    const { authorization: _, ...unsigned } = signed;
    expect(await post('/Execute', { ...fixture.target, sql: 'select 1' }, unsigned)).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
  });

  test.each([
    ['{', 400, 'SerializationException'],
    ['[]', 400, 'SerializationException'],
    ['', 400, 'ValidationException'],
    [{ sql: 'select 1' }, 400, 'ValidationException'],
    [{ resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:ask-aurora-local' }, 400, 'ValidationException'],
    [{ sql: 1 }, 400, 'ValidationException'],
  ])('with the body %j is refused', async (body, status, type) => {
    expect(await post('/Execute', body)).toMatchObject({ status, type });
  });

  test.each([
    [{ sql: undefined }, "1 validation error detected: Value null at 'sql' failed to satisfy constraint: Member must not be null"],
    [{ resourceArn: 'arn:aws' }, "1 validation error detected: Value 'arn:aws' at 'resourceArn' failed to satisfy constraint: Member must have length greater than or equal to 11"],
    [{ formatRecordsAs: 'CSV' }, "1 validation error detected: Value 'CSV' at 'formatRecordsAs' failed to satisfy constraint: Member must satisfy enum value set: [NONE, JSON]"],
    [{ resultSetOptions: { longReturnType: 'INT' } }, "1 validation error detected: Value 'INT' at 'resultSetOptions.longReturnType' failed to satisfy constraint: Member must satisfy enum value set: [LONG, STRING]"],
    [{ sql: 'select 1\0;' }, "1 validation error detected: Value 'select 1\0;' at 'sql' failed to satisfy constraint: Member must not hold the character U+0000"],
    [{ database: 'postgres\0options\0-c log_statement=all' }, "1 validation error detected: Value 'postgres\0options\0-c log_statement=all' at 'database' failed to satisfy constraint: Member must not hold the character U+0000"],
    [{ schema: 'public' }, "The schema parameter isn't supported"],
  ])('with %j is refused as invalid', async (change, message) => {
    expect(await post('/Execute', { ...fixture.target, sql: 'select 1', ...change })).toMatchObject({ status: 400, type: 'ValidationException', body: { message } });
  });

  test('to ExecuteSql is refused', async () => {
    await expect(fixture.client.send(new ExecuteSqlCommand({ dbClusterOrInstanceArn: fixture.target.resourceArn, awsSecretStoreArn: fixture.target.secretArn, sqlStatements: 'select 1' }))).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test.each(['/Nothing', '/execute', '/constructor', '/'])('to %s is no operation', async (path) => {
    expect(await post(path, {})).toMatchObject({ status: 404, type: 'UnknownOperationException' });
  });

  test('sent to another host name is refused, as a rebound web page would', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${fixture.api.endpoint}/Execute`, { method: 'POST', headers: { ...signed, host: 'evil.example' } }, (response) => resolve(response.resume().statusCode));
      call.once('error', reject).end(JSON.stringify({ ...fixture.target, sql: 'select 1' }));
    });
    expect(status).toBe(403);
  });
});

describe('the cluster and the secret', () => {
  const run = (secretArn: string, sql: string, database?: string) => {
    const client = sdkClient(roles.endpoint);
    return client.send(new ExecuteStatementCommand({ resourceArn: fixture.target.resourceArn, secretArn, sql, ...(database === undefined ? {} : { database }) })).finally(() => client.destroy());
  };

  test('decide the role', async () => {
    expect((await run(readerArn, 'select current_user', 'postgres')).records).toEqual([[{ stringValue: 'reader' }]]);
    expect((await run(adminArn, 'select current_user', 'postgres')).records).toEqual([[{ stringValue: fixture.postgres.adminUser }]]);
  });

  test('give a role no more than PostgreSQL gives it', async () => {
    expect((await run(readerArn, 'select count(*) from kept', 'postgres')).records).toEqual([[{ longValue: 0 }]]);
    await expect(run(readerArn, 'insert into kept values (1)', 'postgres')).rejects.toMatchObject({ name: 'DatabaseErrorException', message: 'ERROR: permission denied for table kept; SQLState: 42501' });
    await expect(run(readerArn, `set role ${fixture.postgres.adminUser}`, 'postgres')).rejects.toMatchObject({ message: expect.stringContaining('42501') });
  });

  test('may name the secret without the characters that Secrets Manager appends', async () => {
    expect((await run('team/reader-Ab12Cd', 'select 1', 'postgres')).records).toHaveLength(1);
    expect((await run('team/reader', 'select 1', 'postgres')).records).toHaveLength(1);
  });

  test('that are unknown are refused', async () => {
    await expect(run('arn:aws:secretsmanager:eu-west-1:111122223333:secret:none-Ab12Cd', 'select 1')).rejects.toMatchObject({ name: 'SecretsErrorException', $metadata: { httpStatusCode: 400 } });
    const resourceArn = 'arn:aws:rds:us-east-1:000000000000:cluster:another';
    await expect(fixture.execute('select 1', { resourceArn })).rejects.toMatchObject({ name: 'HttpEndpointNotEnabledException', message: `HttpEndpoint is not enabled for resource ${resourceArn}`, $metadata: { httpStatusCode: 400 } });
  });

  test('with a wrong password are refused by PostgreSQL', async () => {
    await expect(run(wrongArn, 'select 1', 'postgres')).rejects.toMatchObject({ name: 'DatabaseErrorException', message: 'ERROR: password authentication failed for user "reader"; SQLState: 28P01' });
  });

  test('decide the database when none is named: the one called like the role', async () => {
    await expect(run(readerArn, 'select 1')).rejects.toMatchObject({ name: 'DatabaseErrorException', message: 'ERROR: database "reader" does not exist; SQLState: 3D000' });
    expect((await run(readerArn, 'select current_database()', 'other')).records).toEqual([[{ stringValue: 'other' }]]);
  });

  test('own their transactions', async () => {
    const client = sdkClient(roles.endpoint);
    const { transactionId } = await client.send(new BeginTransactionCommand({ resourceArn: fixture.target.resourceArn, secretArn: adminArn, database: 'postgres' }));
    await expect(client.send(new ExecuteStatementCommand({ resourceArn: fixture.target.resourceArn, secretArn: readerArn, transactionId, sql: 'select 1' }))).rejects.toMatchObject({ name: 'TransactionNotFoundException' });
    client.destroy();
  });
});

test('a caller who hangs up in the middle of a request is no fault of the server', async () => {
  const faults: unknown[] = [];
  const api = await startLocalDataApi({ postgres: fixture.postgres, onFault: (error) => faults.push(error) });
  await new Promise<void>((resolve) => {
    const call = request(`${api.endpoint}/Execute`, { method: 'POST', headers: { ...signed, 'content-length': '1000' } });
    call.once('error', () => resolve());
    call.write('{"sql":', () => call.destroy(new Error('hung up')));
  });
  await expect.poll(() => api.stats().calls.ExecuteStatement).toBe(1);
  await api.stop();
  expect(faults).toEqual([]);
});

test('an access key id keeps others out', async () => {
  const api = await startLocalDataApi({ postgres: fixture.postgres, accessKeyId: 'only-this-one' });
  const client = sdkClient(api.endpoint);
  await expect(client.send(new ExecuteStatementCommand({ ...fixture.target, sql: 'select 1' }))).rejects.toMatchObject({ name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 403 } });
  client.destroy();
  await api.stop();
});

test('the health endpoint answers without a signature', async () => {
  const response = await fetch(`${fixture.api.endpoint}/_ask-aurora/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', resourceArn: fixture.api.resourceArn });
});

describe('the fault control endpoint', () => {
  const control = (method: string, body?: unknown, type = 'application/json') =>
    fetch(`${fixture.api.endpoint}/_ask-aurora/faults`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': type } }) });

  test('adds, lists and removes rules', async () => {
    expect((await control('POST', { fault: { kind: 'throttling' }, times: 1 })).status).toBe(201);
    await expect(fixture.execute('select 1')).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    expect((await fixture.execute('select 1')).records).toHaveLength(1);
    await control('POST', { fault: { kind: 'drop-before' } });
    expect(await (await control('GET')).json()).toMatchObject({ faults: [{ rule: { fault: { kind: 'drop-before' } }, hits: 0 }] });
    expect(await (await control('DELETE')).json()).toEqual({ faults: [] });
    expect((await fixture.execute('select 1')).records).toHaveLength(1);
  });

  test('refuses what is no rule, and what a web page could send', async () => {
    expect((await control('POST', { fault: { kind: 'earthquake' } })).status).toBe(400);
    expect((await control('POST', { fault: { kind: 'throttling' } }, 'text/plain')).status).toBe(400);
    expect((await control('PUT')).status).toBe(404);
    expect(fixture.api.faults.list()).toEqual([]);
  });

  test('is closed unless asked for', async () => {
    expect((await fetch(`${roles.endpoint}/_ask-aurora/faults`)).status).toBe(404);
  });
});

test('a port in use is an error that says so', async () => {
  const failure = await startLocalDataApi({ postgres: fixture.postgres, port: fixture.api.port }).catch((error: unknown) => error);
  expect(LocalAuroraError.isInstance(failure) && failure.code).toBe('port-in-use');
});

test.each(['nonsense', 'mysql://root@127.0.0.1/db'])('the connection string %s is refused', async (connectionString) => {
  await expect(startLocalDataApi({ postgres: { connectionString } })).rejects.toMatchObject({ code: 'invalid-option' });
});

test('a connection string serves as well as a local PostgreSQL', async () => {
  const api = await startLocalDataApi({ postgres: { connectionString: fixture.postgres.connectionString() } });
  const client = sdkClient(api.endpoint);
  expect((await client.send(new ExecuteStatementCommand({ ...fixture.target, sql: 'select 1' }))).records).toHaveLength(1);
  client.destroy();
  await api.stop();
});
