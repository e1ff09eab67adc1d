import { createArtifact, createOfflineModel } from '@ask-aurora/nl2sql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as readme from '../examples/readme.js';
import { createOfflineAgentModel } from './agent/create-offline-agent-model.js';
import { startShop, type Shop } from './testing/start-shop.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('every snippet of the README is a region of a compiled example', () => {
  const snippets = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/gu)].map(([, body = '']) => body.trim());
  const compiled = [...read('../examples/readme.ts').matchAll(/^\/\/ #region \w+\n([\s\S]*?)^\/\/ #endregion/gmu)].map(([, body = '']) => body.trim());
  expect(snippets).toEqual(compiled);
});

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  await shop.admin.execute("UPDATE shop.orders SET tenant_id = 't-7' WHERE id <= 3");
});
afterAll(() => shop.stop());

it('the examples answer, as a call and as a conversation', async () => {
  const column = (name: string, type: string) => ({ name, type, nullable: false, comment: null });
  const artifact = createArtifact({
    dialect: 'postgresql', serverVersion: '17', database: 'shop',
    relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [column('id', 'integer'), column('tenant_id', 'text'), column('customer', 'text')] }],
  });
  const { dataApi, readerSecretArn: secretArn } = shop;
  const cluster = { resourceArn: dataApi.resourceArn, secretArn, database: 'shop', endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const { ask, ...actions } = await readme.createActions(artifact, createOfflineModel(), cluster);
  expect(await readme.answer(ask, 'How many orders are there?')).toMatch(/\b3\b/);
  expect(await readme.answer(ask, 'Delete all orders')).toBe('refusal');

  const caller = { sessionId: 'one', principal: null, tenant: { tenantId: 't-7' }, front: 'converse' } as const;
  const said: string[] = [];
  for await (const text of readme.converse(actions, createOfflineAgentModel(), 'How many orders are there?', caller)) said.push(text);
  expect(said.join('')).toMatch(/\b3\b/);

  const http = await readme.overHttp({ ...actions, ask, artifact }, 'token');
  expect((await fetch(http.url, { method: 'POST', body: '{}' })).status).toBe(401);
  await http.close();
});
