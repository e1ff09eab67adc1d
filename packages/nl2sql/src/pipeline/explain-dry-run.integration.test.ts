import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { startLocalPostgres, type LocalPostgres } from '@ask-aurora/local-aurora';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspect } from '../introspection/introspect.js';
import type { Model } from '../model/model-port.js';
import { createTextToSql } from './create-text-to-sql.js';
import { createExplainDryRun } from './explain-dry-run.js';

let postgres: LocalPostgres;
let client: pg.Client;

beforeAll(async () => {
  postgres = await startLocalPostgres();
  client = new pg.Client({ connectionString: postgres.connectionString() });
  await client.connect();
  await client.query('CREATE TABLE readings (id int PRIMARY KEY, taken_at timestamptz NOT NULL, value numeric); INSERT INTO readings SELECT n, now(), n FROM generate_series(1, 5000) n; ANALYZE readings');
});
afterAll(async () => {
  await client.end();
  await postgres.stop();
});

const dryRun = (maxCost?: number) => createExplainDryRun({ run: async (sql) => (await client.query(sql)).rows, ...(maxCost === undefined ? {} : { maxCost }) });
const plan = (sql: string, maxCost?: number) => dryRun(maxCost)({ sql, parameters: {} }, {});

describe('a dry run on PostgreSQL', () => {
  it('plans a statement, gives its cost and does not run it', async () => {
    expect(await plan('SELECT count(*) FROM readings')).toMatchObject({ ok: true, totalCost: expect.any(Number) });
    expect(await plan('SELECT value / 0 FROM readings WHERE random() > 2')).toMatchObject({ ok: true });
  });

  it.each([
    ['SELECT no_such FROM readings', '42703', 8],
    ['SELECT count(*) FROM reading', '42P01', 22],
    ['SELECT * FROM readings WHERE value = taken_at', '42883', 36],
    ['SELECT count(*) FROM readings GROUP BY', '42601', null],
    ["SELECT * FROM readings WHERE taken_at > 'yesterdayish'", '22007', 41],
  ])('gives the error of %s, at its place', async (sql, sqlState, position) => {
    expect(await plan(sql)).toMatchObject({ ok: false, error: { sqlState, ...(position === null ? {} : { position }) } });
  });

  it('refuses a plan that is too dear, and throws what is not about the statement', async () => {
    expect(await plan('SELECT count(*) FROM readings a, readings b', 1_000)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^The plan costs \d+, more than/) } });
    const closed = new pg.Client({ connectionString: postgres.connectionString() });
    await closed.connect();
    await closed.end();
    await expect(createExplainDryRun({ run: async (sql) => (await closed.query(sql)).rows })({ sql: 'SELECT 1', parameters: {} }, {})).rejects.toThrow();
  });

  it('lets the pipeline repair with the database\'s own words', async () => {
    const artifact = await introspect(async (sql) => (await client.query(sql)).rows);
    const heard: string[] = [];
    const replies = ['SELECT count(*) FROM readings WHERE value = taken_at', 'SELECT count(*) FROM readings WHERE value > 10'];
    const model: Model = {
      id: 'scripted',
      generate: async ({ messages }) => {
        heard.push(JSON.stringify(messages.at(-1)));
        return { content: [{ type: 'text', text: JSON.stringify({ sql: replies.shift() }) }], stopReason: 'end', usage: { inputTokens: 1, outputTokens: 1 }, latencyMs: 0 };
      },
    };
    const textToSql = createTextToSql({ artifact, guard: await createGuard({ policy: policyFromSchema(artifact) }), model, dryRun: dryRun() });
    expect(await textToSql.generate({ question: 'How many readings are above 10?' })).toMatchObject({ kind: 'statement', sql: 'SELECT count(*) FROM readings WHERE value > 10' });
    expect(heard[1]).toContain('42883: operator does not exist: numeric = timestamp with time zone');
  });
});
