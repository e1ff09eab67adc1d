import { randomBytes } from 'node:crypto';
import { defaultAdminSecretArn, startLocalDataApi, type LocalDataApi, type LocalDataApiOptions } from '@ask-aurora/local-aurora';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, inject } from 'vitest';
import { createDataApiClient } from '../client/create-data-api-client.js';
import type { DataApiClient } from '../client/data-api-client.js';
import type { DataApiClientOptions } from '../client/data-api-client-options.js';
import type { Engine } from '../parameters/scan-statement.js';

export interface TestDataApi {
  readonly server: LocalDataApi;
  /** The unmodified SDK's client of the server. */
  readonly sdk: RDSDataClient;
  readonly client: DataApiClient;
  /** What a client needs to reach this file's database. */
  readonly target: DataApiClientOptions;
  /** Another client of the same database. */
  connect(options?: Partial<DataApiClientOptions>): DataApiClient;
}

/** Starts a Data API over a new database for the tests of one file. */
export function useLocalDataApi(options: Partial<LocalDataApiOptions> = {}, engine: Engine = 'postgresql'): TestDataApi {
  const running: { api?: TestDataApi } = {};
  beforeAll(async () => {
    running.api = await start(options, engine);
  });
  afterAll(async () => {
    running.api?.sdk.destroy();
    await running.api?.server.stop();
  });
  return new Proxy({} as TestDataApi, {
    get: (_target, key) => {
      if (!running.api) throw new Error('The Data API has not been started yet.');
      return Reflect.get(running.api, key) as unknown;
    },
  });
}

async function start(options: Partial<LocalDataApiOptions>, engine: Engine): Promise<TestDataApi> {
  const served = engine === 'mysql' ? { mysql: { connectionString: inject('mysqlUrl') ?? '' } } : { postgres: { connectionString: inject('postgresUrl') } };
  const server = await startLocalDataApi({ ...served, ...options });
  const sdk = new RDSDataClient({ endpoint: server.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const database = `test_${randomBytes(6).toString('hex')}`;
  const admin = createDataApiClient({ resourceArn: server.resourceArn, secretArn: defaultAdminSecretArn, ...(engine === 'mysql' ? { engine } : { database: 'postgres' }), client: sdk });
  await admin.execute(`create database ${database}`);
  const target: DataApiClientOptions = { resourceArn: server.resourceArn, secretArn: defaultAdminSecretArn, database, engine, client: sdk, resume: { firstWaitMs: 20 } };
  return { server, sdk, target, client: createDataApiClient(target), connect: (more) => createDataApiClient({ ...target, ...more }) };
}
