import type { LocalPostgres } from '../postgres/local-postgres.js';
import { type StartLocalPostgresOptions, startLocalPostgres } from '../postgres/start-local-postgres.js';
import { useResource } from './use-resource.js';

/**
 * A PostgreSQL of its own for a test file. Call at the top of the file, or of a describe.
 *
 * @example
 * const postgres = useLocalPostgres({ version: 16 });
 * test('..', async () => connect(postgres().connectionString()));
 */
export function useLocalPostgres(options: Omit<StartLocalPostgresOptions, 'dataDirectory' | 'signal'> = {}): () => LocalPostgres {
  return useResource('The local PostgreSQL', () => startLocalPostgres(options));
}
