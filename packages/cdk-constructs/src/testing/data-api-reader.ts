import { createDataApiClient } from '@ask-aurora/data-api-client';
import type { LocalAurora } from '@ask-aurora/local-aurora';

/** Runs plain queries as the read-only role of a local cluster. */
export function createDataApiReader(aurora: LocalAurora, database: string): (sql: string) => Promise<readonly Record<string, unknown>[]> {
  const client = createDataApiClient({
    resourceArn: aurora.resourceArn, secretArn: aurora.readOnlySecretArn, database,
    endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
}
