import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { describe, expect, test } from 'vitest';
import { DataApiError } from '../errors/data-api-error.js';
import { typed } from '../parameters/typed.js';
import type { CommandSender } from '../transport/send-command.js';
import { createDataApiClient } from './create-data-api-client.js';
import type { DataApiClientOptions } from './data-api-client-options.js';

/** A sender that notes inputs and answers what it is told to, as mocks of the SDK do. */
function recorder(answer: () => unknown, options: Partial<DataApiClientOptions> = {}) {
  const inputs: unknown[] = [];
  const send = (command: { readonly input: unknown }): Promise<unknown> => {
    inputs.push(command.input);
    return Promise.resolve().then(answer);
  };
  return { inputs, client: createDataApiClient({ resourceArn: 'cluster', secretArn: 'secret', client: { send } as unknown as CommandSender, ...options }) };
}

test('asks for exact numbers and for metadata', async () => {
  const { inputs, client } = recorder(() => ({ records: [], columnMetadata: [] }), { database: 'shop' });
  await client.query('select :a', { a: 1 });
  expect(inputs).toEqual([
    {
      resourceArn: 'cluster', secretArn: 'secret', database: 'shop', sql: 'select :a', parameters: [{ name: 'a', value: { longValue: 1 } }],
      includeResultMetadata: true, resultSetOptions: { longReturnType: 'STRING', decimalReturnType: 'STRING' },
    },
  ]);
});

describe('Aurora MySQL', () => {
  test('execute gives the values of auto-increment columns', async () => {
    const { inputs, client } = recorder(() => ({ numberOfRecordsUpdated: 1, generatedFields: [{ longValue: 7 }] }), { engine: 'mysql' });
    expect(await client.execute('insert into t (d, note) values (?, ?)', [typed.date('2024-02-29'), '?'])).toEqual({ rowCount: 1, generatedValues: [7] });
    expect(inputs).toMatchObject([{ sql: 'insert into t (d, note) values (:p1, :p2)', parameters: [{ name: 'p1', value: { stringValue: '2024-02-29' }, typeHint: 'DATE' }, { name: 'p2' }] }]);
  });

  test('what it cannot do is refused before anything is sent', async () => {
    const { inputs, client } = recorder(() => ({}), { engine: 'mysql' });
    await expect(client.stream('select 1').next()).rejects.toMatchObject({ code: 'configuration' });
    expect(inputs).toEqual([]);
  });

  test('generated keys are told, of a batch too where the service tells them', async () => {
    const fields = { generatedFields: [{ longValue: 7 }] };
    const { client } = recorder(() => ({ ...fields, updateResults: [fields, { generatedFields: [{ longValue: 8 }] }, {}] }), { engine: 'mysql' });
    expect(await client.execute('insert into t (a) values (1)')).toEqual({ rowCount: 0, generatedValues: [7] });
    expect(await client.batch('insert into t (a) values (?)', [[1]])).toMatchObject({ generatedValues: [7, 8], rowCount: null });
  });

  test('a database error tells its number', async () => {
    const failure = Object.assign(new Error("Table 'a.b' doesn't exist; Error code: 1146; SQLState: 42S02"), { name: 'DatabaseErrorException', $fault: 'client' });
    const { client } = recorder(() => { throw failure; }, { engine: 'mysql' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'database-error', errorNumber: 1146, sqlState: '42S02', cause: failure });
  });
});

test('a sender without the middleware of the SDK is never thought to have sent nothing', async () => {
  const { client } = recorder(() => { throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }); });
  await expect(client.execute('insert')).rejects.toMatchObject({ code: 'connection', executed: 'unknown', retryable: false });
});

test('without credentials nothing is sent', async () => {
  const client = createDataApiClient({ resourceArn: 'a', secretArn: 'b', client: new RDSDataClient({ region: 'us-east-1', credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })) }) });
  await expect(client.query('select 1')).rejects.toMatchObject({ code: 'credentials', executed: 'no' });
});

test('a client of a version that does not fit is told apart from a connection that failed', async () => {
  const sdk = new RDSDataClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  // Older versions have it in their commands.
  expect(sdk.middlewareStack.remove('serializerMiddleware')).toBe(true);
  const client = createDataApiClient({ resourceArn: 'a', secretArn: 'b', client: sdk });
  await expect(client.query('select 1')).rejects.toMatchObject({ code: 'configuration', executed: 'no', message: expect.stringContaining('npm ls @aws-sdk/client-rds-data') });
});

test.each<[string, Partial<DataApiClientOptions>]>([
  ['no cluster', { resourceArn: '' }],
  ['an unknown engine', { engine: 'oracle' as never }],
  ['no time', { deadlineMs: 0 }],
])('%s is refused', (_name, options) => {
  expect(() => recorder(() => ({}), options)).toThrow(expect.objectContaining({ code: 'configuration' }));
});

test('isInstance knows errors of another copy of the package', () => {
  const other = Object.defineProperty(new Error('x'), Symbol.for('@ask-aurora/data-api-client/error'), { value: true });
  expect([DataApiError.isInstance(other), DataApiError.isInstance(new Error('x')), DataApiError.isInstance(null)]).toEqual([true, false, false]);
});

test('close leaves an injected client alone and closes its own', () => {
  let destroyed = 0;
  const sdk = new RDSDataClient({ region: 'us-east-1' });
  sdk.destroy = () => void (destroyed += 1);
  createDataApiClient({ resourceArn: 'a', secretArn: 'b', client: sdk }).close();
  expect(destroyed).toBe(0);
  createDataApiClient({ resourceArn: 'a', secretArn: 'b', region: 'us-east-1' }).close();
});
