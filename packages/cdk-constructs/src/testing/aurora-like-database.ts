import { startLocalDataApi, startLocalPostgres } from '@ask-aurora/local-aurora';
import type { LocalDataApi } from '@ask-aurora/local-aurora';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { startLocalSecretsManager } from './local-secrets-manager.js';
import type { LocalSecretsManager } from './local-secrets-manager.js';

const arn = (name: string): string => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AAAAAA`;

/** The secrets of the fixture: the server's owner, the cluster's admin, and the roles that tests make. */
export const secretArns = { superuser: arn('superuser'), admin: arn('admin'), role: arn('role'), second: arn('second') } as const;
export type Login = keyof typeof secretArns;

export interface AuroraLikeDatabase {
  readonly dataApi: LocalDataApi;
  readonly secrets: LocalSecretsManager;
  readonly client: RDSDataClient;
  readonly clusterArn: string;
  readonly adminConnection: string;
  /** What points the AWS SDK of a handler at these servers. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs statements one after the other, each by itself; gives the rows of the last. */
  sql(login: Login, ...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL whose admin is what Aurora's is: no superuser, but allowed to make roles and owner of its database;
 * with the Data API and Secrets Manager in front. The Data API logs in with what Secrets Manager holds at that moment.
 */
export async function startAuroraLikeDatabase(version: 16 | 17, roleNames: { readonly role: string; readonly second?: string }): Promise<AuroraLikeDatabase> {
  const postgres = await startLocalPostgres({ version, settings: { autovacuum: 'off', fsync: 'off' } });
  const secrets = await startLocalSecretsManager();
  secrets.put(secretArns.superuser, { username: postgres.adminUser, password: postgres.adminPassword });
  secrets.put(secretArns.admin, { username: 'ask_admin', password: 'admin-password', engine: 'postgres' });
  secrets.put(secretArns.role, { username: roleNames.role, password: 'first-Password-0123456789' });
  secrets.put(secretArns.second, { username: roleNames.second ?? 'second_role', password: 'second-Password-0123456789' });
  const dataApi = await startLocalDataApi({
    postgres,
    secrets: Object.values(secretArns).map((secretArn) => ({
      arn: secretArn,
      get user() { return secrets.current(secretArn).username; },
      get password() { return secrets.current(secretArn).password; },
    })),
  });
  const client = new RDSDataClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const sql = async (login: Login, ...statements: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) {
      const response = await client.send(new ExecuteStatementCommand({
        resourceArn: dataApi.resourceArn, secretArn: secretArns[login], database: statement.includes('CREATE DATABASE') || statement.includes('CREATE ROLE ask_admin') ? 'postgres' : 'shop', sql: statement,
        ...(/^\s*(SELECT|WITH)/i.test(statement) ? { formatRecordsAs: 'JSON' as const } : {}),
      }));
      rows = response.formattedRecords === undefined ? [] : (JSON.parse(response.formattedRecords) as Record<string, unknown>[]);
    }
    return rows;
  };
  await sql('superuser', "CREATE ROLE ask_admin LOGIN CREATEROLE CREATEDB PASSWORD 'admin-password'", 'CREATE DATABASE shop OWNER ask_admin', 'ALTER SCHEMA public OWNER TO ask_admin');
  return {
    dataApi, secrets, client, sql,
    clusterArn: dataApi.resourceArn,
    adminConnection: postgres.connectionString({ database: 'shop', user: 'ask_admin', password: 'admin-password' }),
    environment: {
      AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_RDS_DATA: dataApi.endpoint, AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    },
    stop: async () => {
      client.destroy();
      await dataApi.stop();
      await secrets.stop();
      await postgres.stop();
    },
  };
}
