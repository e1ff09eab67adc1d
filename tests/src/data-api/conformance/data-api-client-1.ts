import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { installedVersion } from './installed-version.js';
import type { ClientUnderTest } from './client-under-test.js';
import type { LocalServer } from '../local-server.js';

interface Answer {
  readonly records?: readonly Record<string, unknown>[];
}

interface JeremyDalysClient {
  query(sql: string, parameters?: Record<string, unknown>): Promise<Answer>;
  transaction(): { query(sql: string): unknown; commit(): Promise<unknown> };
}

const require = createRequire(import.meta.url);

/** data-api-client 1.x, unmodified. It asks for version 2 of the AWS SDK, which is retired; it gets the same operations of version 3. */
export function dataApiClient1({ target, sdkWithMethods }: LocalServer): ClientUnderTest {
  const sdk = sdkWithMethods();
  const promised = <Input, Output>(call: (input: Input) => Promise<Output>) => (input: Input) => ({ promise: () => call.call(sdk, input) });
  class RDSDataService {
    readonly executeStatement = promised(sdk.executeStatement);
    readonly batchExecuteStatement = promised(sdk.batchExecuteStatement);
    readonly beginTransaction = promised(sdk.beginTransaction);
    readonly commitTransaction = promised(sdk.commitTransaction);
    readonly rollbackTransaction = promised(sdk.rollbackTransaction);
  }
  const client = load({ RDSDataService })({ engine: 'pg', ...target });
  const rows = async (sql: string, parameters?: Record<string, unknown>) => (await client.query(sql, parameters)).records ?? [];
  return {
    title: `data-api-client ${installedVersion('data-api-client')}`,
    write: async (column, value) => Number((await rows(`insert into sample (${column}) values (:value) returning id`, { value }))[0]?.['id']),
    read: async (column, id) => (await rows(`select ${column} from sample where id = :id`, { id }))[0]?.[column],
    rename: async (id, name) => void (await rows('update sample set name = :name where id = :id', { id, name })),
    remove: async (id) => void (await rows('delete from sample where id = :id', { id })),
    findByRef: async (ref) => (await rows('select id from sample where ref = :ref', { ref })).map(({ id }) => Number(id)),
    query: (sql) => rows(sql),
    async transaction(statements) {
      const transaction = client.transaction();
      for (const statement of statements) transaction.query(statement);
      await transaction.commit();
    },
    overlap: () => null,
  };
}

function load(sdk: unknown): (config: object) => JeremyDalysClient {
  const module = { exports: {} };
  const source = readFileSync(require.resolve('data-api-client'), 'utf8');
  new Function('module', 'exports', 'require', source)(module, module.exports, (id: string) => (id === 'aws-sdk' ? sdk : require(id)));
  return module.exports as (config: object) => JeremyDalysClient;
}
