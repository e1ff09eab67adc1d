import { RDSData, RDSDataClient } from '@aws-sdk/client-rds-data';
import { type LocalDataApi, type LocalDataApiOptions, type LocalPostgres, startLocalDataApi, startLocalPostgres } from '@ask-aurora/local-aurora';
import pg from 'pg';

/** A Data API over a PostgreSQL of its own, and a connection to PostgreSQL that the Data API does not know. */
export interface LocalServer {
  readonly postgres: LocalPostgres;
  readonly api: LocalDataApi;
  /** What every client is configured with. */
  readonly target: { readonly resourceArn: string; readonly secretArn: string; readonly database: string };
  sdk(options?: { readonly maxAttempts?: number }): RDSDataClient;
  sdkWithMethods(): RDSData;
  admin(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export async function startLocalServer(options: Partial<LocalDataApiOptions> = {}): Promise<LocalServer> {
  const postgres = await startLocalPostgres({ settings: { fsync: 'off' } });
  const api = await startLocalDataApi({ postgres, ...options });
  const admin = new pg.Client({ connectionString: postgres.connectionString() });
  admin.on('error', () => undefined);
  await admin.connect();
  const config = { endpoint: api.endpoint, region: 'us-east-1', credentials };
  return {
    postgres,
    api,
    target: { resourceArn: api.resourceArn, secretArn: api.secretArns[0] ?? '', database: 'postgres' },
    sdk: (overrides = {}) => new RDSDataClient({ ...config, ...overrides }),
    sdkWithMethods: () => new RDSData(config),
    admin: async (sql, values = []) => (await admin.query<Record<string, unknown>>(sql, [...values])).rows,
    async stop() {
      await api.stop();
      await admin.end();
      await postgres.stop();
    },
  };
}
