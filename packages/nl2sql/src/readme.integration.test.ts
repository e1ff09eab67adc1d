import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { useLocalPostgres } from '@ask-aurora/local-aurora/testing';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as readme from '../examples/readme.js';
import { createBedrockConverseModel, createOfflineModel, introspect, type RunQuery } from './index.js';
import { converseText, converseTool } from './testing/converse-replies.js';
import { startLocalServer, type LocalServer } from './testing/local-server.js';

const file = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

it('every snippet of the README is a region of a compiled example', async () => {
  const snippets = [...(await file('../README.md')).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body.trim());
  const compiled = [...(await file('../examples/readme.ts')).matchAll(/\/\/ #region \w+\n([\s\S]*?)\/\/ #endregion/g)].map(([, body = '']) => body.trim());
  expect(snippets).toEqual(compiled);
  expect(snippets).toHaveLength(4);
});

describe('the examples of the README run', () => {
  const postgres = useLocalPostgres();
  let client: pg.Client;
  let server: LocalServer;
  let bedrock: BedrockRuntimeClient;
  let directory: string;
  const run: RunQuery = async (sql) => (await client.query(sql)).rows as Record<string, unknown>[];
  const sql = 'SELECT count(*) AS orders FROM sales.orders';

  beforeAll(async () => {
    client = new pg.Client({ connectionString: postgres().connectionString() });
    await client.connect();
    await client.query("CREATE SCHEMA sales; CREATE TABLE sales.orders (id int PRIMARY KEY, state text NOT NULL); INSERT INTO sales.orders SELECT n, 'open' FROM generate_series(1, 7) n");
    server = await startLocalServer('http2');
    bedrock = new BedrockRuntimeClient({ endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
    directory = await mkdtemp(join(tmpdir(), 'readme-'));
  });
  afterAll(async () => {
    bedrock.destroy();
    await server.stop();
    await client.end();
    await rm(directory, { recursive: true });
  });

  it('from a question to a statement, or to why there is none', async () => {
    server.script(converseTool({ sql }), converseTool({ abstain: 'No table holds weather.' }), converseTool({ clarification: 'Which year?' }));
    expect(await readme.ask(run, bedrock, 'How many orders are there?')).toBe(sql);
    expect(await readme.ask(run, bedrock, 'What is the weather?')).toBe('No table holds weather.');
    expect(await readme.ask(run, bedrock, 'How many orders were there?')).toBe('Which year?');
    expect(await readme.ask(run, bedrock, 'Delete all orders')).toContain('Only reading is possible');
  });

  it('with an overlay, embeddings, a dry run and a cache', async () => {
    const artifact = await introspect(run, { schemas: ['sales'] });
    const schemaFile = join(directory, 'schema.json');
    await writeFile(schemaFile, JSON.stringify(artifact));
    const planned: string[] = [];
    const textToSql = readme.withEverything(schemaFile, await createGuard({ policy: policyFromSchema(artifact) }), createBedrockConverseModel({ client: bedrock, modelId: 'anthropic.claude-sonnet-4-v1:0' }), async (statement) => (planned.push(statement), (await client.query(statement)).rows as unknown[]));
    server.script(converseTool({ sql }));
    expect(await textToSql.generate({ question: 'How many purchases are there?' })).toMatchObject({ kind: 'statement', sql, source: 'model' });
    expect(await textToSql.generate({ question: 'how many purchases are there' })).toMatchObject({ kind: 'statement', sql, source: 'cache' });
    expect(planned).toEqual([`EXPLAIN (FORMAT JSON) ${sql}`, `EXPLAIN (FORMAT JSON) ${sql}`]);
    expect(server.received.at(-1)?.body).toContain('also called purchases');
  });

  it('to a sentence and a chart', async () => {
    const columns = [{ name: 'state', type: 'text' }, { name: 'orders', type: 'int8' }];
    const rows = [{ state: 'open', orders: 7 }, { state: 'closed', orders: 2 }];
    server.script(converseText('There are 7 open orders.'), converseText('There are 2 open orders.'));
    const model = createBedrockConverseModel({ client: bedrock, modelId: 'anthropic.claude-sonnet-4-v1:0' });
    expect(await readme.present('Orders by state', columns, rows, model)).toMatchObject({ sentence: 'There are 7 open orders.', source: 'model', chart: { mark: { type: 'bar' } } });
    expect(await readme.present('Orders by state', columns, rows, model)).toMatchObject({ source: 'template' });
  });

  it('and to a report', async () => {
    const artifact = await introspect(run, { schemas: ['sales'] });
    const { createTextToSql } = await import('./index.js');
    const textToSql = createTextToSql({ artifact, guard: await createGuard({ policy: policyFromSchema(artifact) }), model: createOfflineModel() });
    const html = await readme.measure(JSON.stringify({ id: '1', question: 'How many orders are there?', expect: { kind: 'rows', sql } }), textToSql, async (statement) => (await client.query({ text: statement.sql, rowMode: 'array' })).rows as unknown[][], join(directory, 'run.jsonl'));
    expect(html).toContain('100.0 %');
  });
});
