/* eslint-disable @nx/enforce-module-boundaries, no-console -- examples import the package as its users do, and print */
import {
  createReadOnlyRole,
  dropReadOnlyRole,
  sampleAnchor,
  sampleOverlay,
  sampleQuestions,
  seedSample,
  startLocalAurora,
  startLocalDataApi,
  startLocalPostgres,
  type LocalDataApi,
  type ReadOnlyRoleReport,
} from '@ask-aurora/local-aurora';
import { useLocalAurora } from '@ask-aurora/local-aurora/testing';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { test } from 'vitest';

export async function wholeCluster(): Promise<unknown> {
  // #region cluster
  const aurora = await startLocalAurora({ samples: ['university'] });
  const client = new RDSDataClient({ endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const { records } = await client.send(
    new ExecuteStatementCommand({
      resourceArn: aurora.resourceArn,
      secretArn: aurora.readOnlySecretArn,
      database: 'university',
      sql: 'SELECT count(*) FROM academics.students',
    }),
  );
  await aurora.stop();
  // #endregion
  return records;
}

export async function postgresAlone(): Promise<void> {
  // #region postgres
  const postgres = await startLocalPostgres({ version: 18 });
  await postgres.createDatabase('shop');
  console.log(postgres.connectionString({ database: 'shop' }));
  await postgres.stop();
  // #endregion
}

export async function samples(connectionString: string): Promise<readonly unknown[]> {
  // #region samples
  await seedSample({ connectionString, sample: 'sales', anchor: '2026-07-01' });
  // #endregion
  return [sampleAnchor, sampleOverlay('sales'), sampleQuestions('sales', '2026-07-01')];
}

export async function roles(connectionString: string, password: string): Promise<ReadOnlyRoleReport> {
  // #region roles
  const report = await createReadOnlyRole({ connectionString, role: 'reader', password, schemas: ['sales'], tableOwners: ['app_owner'] });
  await dropReadOnlyRole({ connectionString, role: 'reader' });
  // #endregion
  return report;
}

export function inTests(ask: (endpoint: string) => Promise<void>): void {
  // #region tests
  const aurora = useLocalAurora({ samples: ['sales'] });
  test('..', async () => ask(aurora().dataApi.endpoint));
  // #endregion
}

export async function dataApiServer(): Promise<unknown> {
  // #region server
  const postgres = await startLocalPostgres();
  const dataApi = await startLocalDataApi({ postgres });

  const client = new RDSDataClient({
    endpoint: dataApi.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { records } = await client.send(
    new ExecuteStatementCommand({
      resourceArn: dataApi.resourceArn,
      secretArn: dataApi.secretArns[0],
      database: 'postgres',
      sql: 'select :n + 1 as next',
      parameters: [{ name: 'n', value: { longValue: 41 } }],
    }),
  );

  await dataApi.stop();
  await postgres.stop();
  // #endregion
  return records;
}

export function faults(dataApi: LocalDataApi): void {
  // #region faults
  dataApi.faults.resumeFor(3_000); // the cluster wakes up
  dataApi.faults.inject({ fault: { kind: 'drop-after' }, sql: 'insert into orders', times: 1 });
  dataApi.faults.inject({ fault: { kind: 'throttling' }, probability: 0.05 });
  dataApi.faults.clear();
  // #endregion
}
