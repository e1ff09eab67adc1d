import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterAll, describe, expect, test } from 'vitest';
import { query } from '../../test-support/query.js';
import type { AttachedAuroraParts } from '../stack/attached-aurora.js';
import { localAuroraSetup, sharedLocalAurora } from './local-aurora-setup.js';
import { useLocalDataApi } from './use-local-data-api.js';
import { useLocalPostgres } from './use-local-postgres.js';

describe('for a test file', () => {
  const postgres = useLocalPostgres({ version: 16 });
  const underTest = useLocalDataApi();
  let url: string;

  test('a PostgreSQL runs', async () => {
    url = postgres().connectionString();
    expect(await query(url, "SELECT current_setting('server_version_num')::int / 10000 AS major")).toEqual([{ major: 16 }]);
  });

  test('a Data API runs', async () => {
    const { dataApi } = underTest();
    const client = new RDSDataClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const { records } = await client.send(new ExecuteStatementCommand({ resourceArn: dataApi.resourceArn, secretArn: dataApi.secretArns[0], database: 'postgres', sql: 'SELECT 1' }));
    expect(records).toEqual([[{ longValue: 1 }]]);
  });

  afterAll(async () => {
    // Hooks run in the opposite order of their registration, so this one sees the servers still up.
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('what is not there', () => {
  const postgres = useLocalPostgres();
  const tooEarly = (() => {
    try {
      return String(postgres());
    } catch (error) {
      return (error as Error).message;
    }
  })();
  test('is not handed out before the tests of the file run', () => {
    expect(tooEarly).toContain('inside a test');
  });
  test('is asked for with the way to get it: a shared cluster', () => {
    expect(() => sharedLocalAurora()).toThrow('globalSetup');
  });
});

test('one cluster serves a whole project, until its teardown', async () => {
  let parts: AttachedAuroraParts | undefined;
  const teardown = await localAuroraSetup({ samples: ['university'] })({ provide: (_, value) => (parts = value) });
  try {
    expect(structuredClone(parts)).toEqual(parts);
    expect(parts?.databases).toEqual(['university']);
    const answer = await fetch(`${parts?.endpoint}/_ask-aurora/health`);
    expect(answer.status).toBe(200);
  } finally {
    await teardown();
  }
  await expect(fetch(`${parts?.endpoint}/_ask-aurora/health`)).rejects.toThrow();
});
