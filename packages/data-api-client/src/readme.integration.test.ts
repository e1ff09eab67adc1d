import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as readme from '../examples/readme.js';
import { useLocalDataApi } from './testing/local-data-api.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The regions of an example file, without their indentation. */
function regions(source: string): string[] {
  return [...source.matchAll(/^( *)\/\/ #region \w+\n([\s\S]*?)^ *\/\/ #endregion/gmu)].map(([, indent = '', body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gmu'), '').trim());
}

test('every snippet of the README is a region of a compiled example', () => {
  const snippets = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/gu)].map(([, body = '']) => body.trim());
  const compiled = [...regions(read('../examples/readme.ts'))];
  expect(snippets.length).toBeGreaterThan(5);
  for (const snippet of snippets) expect(compiled).toContain(snippet);
});

describe('the examples run', () => {
  const api = useLocalDataApi();
  const log = vi.spyOn(console, 'log').mockReturnValue();
  beforeAll(async () => {
    await api.client.execute("create table orders (id int8 generated always as identity primary key, reference uuid, state text, note text unique, total numeric default 20, placed timestamptz default '2024-06-01')");
    await api.client.execute('create table audit (order_id int8)');
    await api.client.execute("insert into orders (state, note, reference) values ('open', 'first', '0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11')");
  });

  test('one after the other', async () => {
    const { client } = api;
    expect(await readme.queries(client)).toMatchObject({ rows: [{ id: 1n, total: '20' }], newest: { note: 'first' }, rowCount: 1 });
    expect(await readme.template(client, 'first')).toEqual([{ id: 1n }]);
    expect(await readme.parameters(client)).toEqual([{ id: 1n }]);
    expect(await readme.schema(client)).toEqual([{ id: 1n, placed: new Date('2024-06-01T00:00:00Z') }]);
    await readme.transactions(client);
    expect(await client.one('select count(*)::int4 as n from audit')).toEqual({ n: 1 });
    expect(await readme.batch(client)).toBe(5_000);
    await readme.stream(client, AbortSignal.timeout(20_000));
    expect(log).toHaveBeenCalledWith(1n, 'first');
    expect(await readme.errors(client, "insert into orders (note) values ('first')")).toBe('exists already');
    expect(await readme.kysely(client)).toEqual([{ id: 1n }]);
  });
});
