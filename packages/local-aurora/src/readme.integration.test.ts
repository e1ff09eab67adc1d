import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import * as readme from '../examples/readme.js';
import { query } from '../test-support/query.js';
import { temporaryDirectories } from '../test-support/temporary-directory.js';
import { useLocalDataApi } from './testing/use-local-data-api.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const temporaryDirectory = temporaryDirectories();

/** What a text imports: names, and where from. */
const importsOf = (text: string): string[] => [...text.matchAll(/^import \{([^}]*)\} from '([^']+)';/gmu)].flatMap(([, names = '', source = '']) => names.split(',').map((name) => `${name.trim()} from ${source}`)).filter((name) => !name.startsWith(' '));

test('every snippet of the README is a region of a compiled example, and imports what that does', () => {
  const source = read('../examples/readme.ts');
  const regions = [...source.matchAll(/^( *)\/\/ #region \w+\n([\s\S]*?)^ *\/\/ #endregion/gmu)].map(([, indent = '', body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gmu'), '').trim());
  const snippets = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/gu)].map(([, body = '']) => body);
  expect(snippets.map((snippet) => snippet.replaceAll(/^import .*\n/gmu, '').trim())).toEqual(regions);
  expect(importsOf(source)).toEqual(expect.arrayContaining(snippets.flatMap(importsOf)));
});

describe('the examples run', () => {
  const underTest = useLocalDataApi();
  const log = vi.spyOn(console, 'log').mockReturnValue();

  test('the whole cluster, in a cache directory of its own', async () => {
    vi.stubEnv('XDG_CACHE_HOME', temporaryDirectory());
    expect(await readme.wholeCluster()).toEqual([[{ longValue: 640 }]]);
    vi.unstubAllEnvs();
  });

  test('PostgreSQL alone', async () => {
    await readme.postgresAlone();
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/^postgresql:.*\/shop$/u));
  });

  test('samples and the read-only role', async () => {
    const { postgres } = underTest();
    const connectionString = postgres.connectionString();
    await readme.samples(connectionString);
    expect(await query(connectionString, 'SELECT count(*) > 20000 AS many FROM sales.orders')).toEqual([{ many: true }]);
    await query(connectionString, 'CREATE ROLE app_owner');
    await query(connectionString, 'GRANT app_owner TO CURRENT_USER');
    await readme.roles(connectionString, 'not-a-secret-4711');
    expect(await query(connectionString, "SELECT 1 FROM pg_roles WHERE rolname = 'reader'")).toEqual([]);
  });

  test('the Data API server and its faults', async () => {
    expect(await readme.dataApiServer()).toEqual([[{ longValue: 42 }]]);
    const { dataApi } = underTest();
    readme.faults(dataApi);
    expect(dataApi.faults.list()).toEqual([]);
  });

  describe('in tests', () => {
    readme.inTests(async (endpoint) => {
      expect((await fetch(`${endpoint}/_ask-aurora/health`)).status).toBe(200);
    });
  });
});
