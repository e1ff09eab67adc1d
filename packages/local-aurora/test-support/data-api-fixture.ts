import { ExecuteStatementCommand, type ExecuteStatementCommandInput, type Field, RDSDataClient, type SqlParameter } from '@aws-sdk/client-rds-data';
import pg from 'pg';
import type { LocalPostgres } from '../src/postgres/local-postgres.js';
import { postgresVersions } from '../src/postgres/postgres-version.js';
import { startLocalPostgres } from '../src/postgres/start-local-postgres.js';
import { type LocalDataApi, type LocalDataApiOptions, startLocalDataApi } from '../src/data-api/start-local-data-api.js';

/** A server over a fresh PostgreSQL, an SDK client that does not retry, and a look at PostgreSQL from beside. */
export interface DataApiFixture {
  readonly postgres: LocalPostgres;
  readonly api: LocalDataApi;
  readonly client: RDSDataClient;
  /** The members that every call needs. */
  readonly target: { readonly resourceArn: string; readonly secretArn: string };
  execute(sql: string, input?: Partial<ExecuteStatementCommandInput>): ReturnType<typeof send>;
  /** The fields of the first row. */
  row(sql: string, input?: Partial<ExecuteStatementCommandInput>): Promise<Field[]>;
  /** Runs SQL on a connection that the server does not know. */
  admin(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** The major under test; the same must hold for each. */
const version = postgresVersions.find((major) => String(major) === process.env['ASK_AURORA_TEST_POSTGRES']) ?? 17;
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
const send = (client: RDSDataClient, input: ExecuteStatementCommandInput) => client.send(new ExecuteStatementCommand(input));

export function sdkClient(endpoint: string): RDSDataClient {
  return new RDSDataClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
}

export async function startFixture(options: Partial<LocalDataApiOptions> = {}): Promise<DataApiFixture> {
  const postgres = await startLocalPostgres({ version, settings: { fsync: 'off' } });
  const api = await startLocalDataApi({ postgres, ...options });
  const client = sdkClient(api.endpoint);
  const admin = new pg.Client({ connectionString: postgres.connectionString() });
  admin.on('error', () => undefined);
  await admin.connect();
  const target = { resourceArn: api.resourceArn, secretArn: api.secretArns[0] ?? '' };
  const execute = (sql: string, input: Partial<ExecuteStatementCommandInput> = {}) => send(client, { ...target, sql, ...input });
  return {
    postgres,
    api,
    client,
    target,
    execute,
    row: async (sql, input) => (await execute(sql, input)).records?.[0] ?? [],
    admin: async (sql, values = []) => (await admin.query<Record<string, unknown>>(sql, [...values])).rows,
    async stop() {
      client.destroy();
      await api.stop();
      await admin.end();
      await postgres.stop();
    },
  };
}

/** One parameter. */
export function parameter(name: string, value: Field, typeHint?: SqlParameter['typeHint']): SqlParameter {
  return typeHint === undefined ? { name, value } : { name, value, typeHint };
}
