import { startLocalPostgres } from '@ask-aurora/local-aurora';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgresUrl: string;
  }
}

/** One PostgreSQL for the whole test run; every test file has a database and a Data API of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startLocalPostgres({ settings: { fsync: 'off', max_connections: '200' } });
  project.provide('postgresUrl', postgres.connectionString());
  return () => postgres.stop();
}
