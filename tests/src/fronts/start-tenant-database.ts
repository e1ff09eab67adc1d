import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { startLocalDataApi, startLocalPostgres, type DataApiLimits, type LocalDataApi } from '@ask-aurora/local-aurora';
import type { GuardPolicyInput } from '@ask-aurora/sql-guard';

/** A database that several tenants share, with row-level security, behind a Data API. */
export interface TenantDatabase {
  readonly dataApi: LocalDataApi;
  readonly resourceArn: string;
  readonly readerSecretArn: string;
  /** As the role that can only read. */
  readonly reader: DataApiClient;
  stop(): Promise<void>;
}

const adminSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:tenants/admin-AAAAAA';
const readerSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:tenants/reader-AAAAAA';

/** Tenants `t-0` .. `t-19`, 100 orders each. */
export const tenantCount = 20;
export const ordersOfTenant = 100;

export const tenantPolicy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'orders', columns: ['id', 'tenant_id', 'customer', 'amount'], columnsAreComplete: true },
    { schema: 'shop', name: 'documents', columns: ['id', 'body'], columnsAreComplete: true },
  ],
};

/** How a session's tenant reaches the database. */
export const tenantSettings = [{ attribute: 'tenantId', setting: 'app.tenant_id' }];

export async function startTenantDatabase(limits: Partial<DataApiLimits> = {}): Promise<TenantDatabase> {
  const postgres = await startLocalPostgres({ version: 17 });
  await postgres.createDatabase('tenants');
  const dataApi = await startLocalDataApi({
    postgres,
    limits,
    secrets: [
      { arn: adminSecretArn, user: postgres.adminUser, password: postgres.adminPassword },
      { arn: readerSecretArn, user: 'reader', password: 'reader' },
    ],
  });
  const client = (secretArn: string) =>
    createDataApiClient({ resourceArn: dataApi.resourceArn, secretArn, database: 'tenants', endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const admin = client(adminSecretArn);
  for (const statement of [
    'CREATE SCHEMA shop',
    'CREATE SCHEMA private',
    'CREATE TABLE shop.orders (id int PRIMARY KEY, tenant_id text NOT NULL, customer text NOT NULL, amount numeric(10,2) NOT NULL)',
    `INSERT INTO shop.orders SELECT n, 't-' || (n % ${tenantCount}), 'customer ' || n, n * 1.5 FROM generate_series(1, ${tenantCount * ordersOfTenant}) n`,
    'CREATE INDEX ON shop.orders (tenant_id)',
    'CREATE TABLE shop.documents (id int PRIMARY KEY, body text NOT NULL)',
    "INSERT INTO shop.documents SELECT n, repeat('x', 20000) FROM generate_series(1, 200) n",
    'CREATE TABLE private.salaries (id int, salary int)',
    'ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY',
    "CREATE POLICY tenant ON shop.orders FOR SELECT USING (tenant_id = current_setting('app.tenant_id', true))",
    "CREATE ROLE reader LOGIN PASSWORD 'reader'",
    'GRANT USAGE ON SCHEMA shop TO reader',
    'GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader',
    'ANALYZE',
  ]) {
    await admin.execute(statement);
  }
  admin.close();
  const reader = client(readerSecretArn);
  return {
    dataApi,
    resourceArn: dataApi.resourceArn,
    readerSecretArn,
    reader,
    async stop() {
      reader.close();
      await dataApi.stop();
      await postgres.stop();
    },
  };
}
