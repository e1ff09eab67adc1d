import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { startLocalDataApi, startLocalPostgres, type LocalDataApi, type LocalPostgres } from '@ask-aurora/local-aurora';
import { createGuard, type Guard, type GuardPolicyInput } from '@ask-aurora/sql-guard';

/** A small shop of two tenants behind a Data API, with row-level security and a role that can only read. */
export interface Shop {
  readonly postgres: LocalPostgres;
  readonly dataApi: LocalDataApi;
  /** As the owner of the tables, whom row-level security does not bind. */
  readonly admin: DataApiClient;
  /** As the role that can only read. */
  readonly reader: DataApiClient;
  readonly guard: Guard;
  readonly readerSecretArn: string;
  stop(): Promise<void>;
}

/** The password of the reading role; tests look for it where it must not be. */
export const readerPassword = 'reader-password-3f9c';
/** A value of a row; tests look for it where it must not be. */
export const rowValue = 'Zephyrine Quill';

const adminSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/admin-AAAAAA';
const readerSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/reader-AAAAAA';

/** What the guard lets through in the shop. */
export const shopPolicy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'orders', columns: ['id', 'tenant_id', 'customer', 'amount', 'placed_on'], columnsAreComplete: true },
    { schema: 'shop', name: 'documents', columns: ['id', 'body'], columnsAreComplete: true },
  ],
};

const statements = [
  'CREATE SCHEMA shop',
  'CREATE SCHEMA private',
  'CREATE TABLE shop.orders (id int PRIMARY KEY, tenant_id text NOT NULL, customer text NOT NULL, amount numeric(10,2) NOT NULL, placed_on date NOT NULL)',
  `INSERT INTO shop.orders SELECT n, CASE n % 2 WHEN 0 THEN 'even' ELSE 'odd' END, '${rowValue} ' || n, n * 1.5, date '2024-01-01' + n FROM generate_series(1, 1200) n`,
  'CREATE TABLE shop.documents (id int PRIMARY KEY, body text NOT NULL)',
  "INSERT INTO shop.documents SELECT n, repeat('x', 20000) FROM generate_series(1, 200) n",
  'CREATE TABLE private.salaries (id int, salary int)',
  'ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY',
  "CREATE POLICY tenant ON shop.orders FOR SELECT USING (tenant_id = current_setting('app.tenant_id', true))",
  `CREATE ROLE reader LOGIN PASSWORD '${readerPassword}'`,
  'GRANT USAGE ON SCHEMA shop TO reader',
  'GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader',
  'ANALYZE',
];

/** Starts the shop; a few seconds. */
export async function startShop(): Promise<Shop> {
  const postgres = await startLocalPostgres({ version: 17 });
  await postgres.createDatabase('shop');
  const dataApi = await startLocalDataApi({
    postgres,
    secrets: [
      { arn: adminSecretArn, user: postgres.adminUser, password: postgres.adminPassword },
      { arn: readerSecretArn, user: 'reader', password: readerPassword },
    ],
  });
  const client = (secretArn: string) =>
    createDataApiClient({ resourceArn: dataApi.resourceArn, secretArn, database: 'shop', endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const admin = client(adminSecretArn);
  for (const statement of statements) await admin.execute(statement);
  const reader = client(readerSecretArn);
  return {
    postgres,
    dataApi,
    admin,
    reader,
    readerSecretArn,
    guard: await createGuard({ version: 17, policy: shopPolicy }),
    async stop() {
      admin.close();
      reader.close();
      await dataApi.stop();
      await postgres.stop();
    },
  };
}
