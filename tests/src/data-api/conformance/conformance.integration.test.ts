import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, startLocalServer } from '../local-server.js';
import { askAurora } from './ask-aurora.js';
import { type Check, checks } from './checks.js';
import { type ClientUnderTest, sampleSchema } from './client-under-test.js';
import { conformanceTable } from './conformance-table.js';
import { dataApiClient1 } from './data-api-client-1.js';
import { drizzle } from './drizzle.js';
import { kyselyDataApi } from './kysely-data-api.js';

const page = new URL('../../../../docs/data-api-conformance.md', import.meta.url);
const [begin, end] = ['<!-- conformance:begin -->', '<!-- conformance:end -->'];

let server: LocalServer;
let clients: readonly ClientUnderTest[];
const results: { readonly check: Check; readonly outcomes: readonly string[] }[] = [];

beforeAll(async () => {
  server = await startLocalServer();
  for (const statement of sampleSchema) await server.admin(statement);
  clients = [dataApiClient1, drizzle, kyselyDataApi, askAurora].map((create) => create(server));
  for (const check of checks) {
    const outcomes = [];
    for (const client of clients) outcomes.push(await check.run(client, server));
    results.push({ check, outcomes });
  }
}, 120_000);
afterAll(() => server.stop());

describe('the public clients', () => {
  test.each(checks.slice(0, 2).map(({ work }) => work))('all do this work: %s', (work) => {
    expect(results.find(({ check }) => check.work === work)?.outcomes).toEqual(clients.map(() => 'works'));
  });

  test('do what the conformance page says', () => {
    const table = conformanceTable(clients.map(({ title }) => title), results);
    const text = readFileSync(page, 'utf8');
    const updated = `${text.slice(0, text.indexOf(begin) + begin.length)}\n${table}\n${text.slice(text.indexOf(end))}`;
    if (process.env['ASK_AURORA_UPDATE_DOCS'] === '1') writeFileSync(page, updated);
    else expect(text).toBe(updated);
  });
});
