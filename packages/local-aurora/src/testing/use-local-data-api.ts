import { type LocalDataApi, type LocalDataApiOptions, startLocalDataApi } from '../data-api/index.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';
import type { PostgresVersion } from '../postgres/postgres-version.js';
import { startLocalPostgres } from '../postgres/start-local-postgres.js';
import { useResource } from './use-resource.js';

export interface DataApiUnderTest {
  readonly postgres: LocalPostgres;
  readonly dataApi: LocalDataApi;
  stop(): Promise<void>;
}

/** An empty PostgreSQL with the Data API in front of it, for a test file. */
export function useLocalDataApi(options: Omit<LocalDataApiOptions, 'postgres' | 'signal'> & { readonly version?: PostgresVersion } = {}): () => DataApiUnderTest {
  const { version, ...rest } = options;
  return useResource('The local Data API', async () => {
    const postgres = await startLocalPostgres(version === undefined ? {} : { version });
    try {
      const dataApi = await startLocalDataApi({ ...rest, postgres });
      return {
        postgres,
        dataApi,
        async stop() {
          await dataApi.stop();
          await postgres.stop();
        },
      };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  });
}
