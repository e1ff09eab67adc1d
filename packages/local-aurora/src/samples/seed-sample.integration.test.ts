import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerMatches } from '../../test-support/answer-matches.js';
import { query } from '../../test-support/query.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';
import { startLocalPostgres } from '../postgres/start-local-postgres.js';
import { sampleAnchor } from './sample-anchor.js';
import { sampleContent } from './sample-content.js';
import { sampleNames, sampleSchemas } from './sample-name.js';
import { sampleOverlay } from './sample-overlay.js';
import { sampleQuestions } from './sample-questions.js';
import { seedSample } from './seed-sample.js';

let server: LocalPostgres;
beforeAll(async () => {
  server = await startLocalPostgres();
  for (const sample of sampleNames) {
    await server.createDatabase(sample);
    await seedSample({ connectionString: server.connectionString({ database: sample }), sample });
  }
});
afterAll(() => server?.stop());

let scratch = 0;
async function emptyDatabase(): Promise<string> {
  const database = `scratch_${(scratch += 1)}`;
  await server.createDatabase(database);
  return server.connectionString({ database });
}

describe.each(sampleNames)('the sample %s', (sample) => {
  const at = () => server.connectionString({ database: sample });

  test('arrives with every row and comment', async () => {
    for (const { schema, name, rows, comment } of sampleContent(sample, sampleAnchor).tables) {
      const [found] = await query(at(), `SELECT count(*)::int AS count, obj_description('${schema}.${name}'::regclass) AS comment FROM ${schema}.${name}`);
      expect(found).toEqual({ count: rows.length, comment });
    }
    const bare = await query(at(), `SELECT attrelid::regclass::text || '.' || attname AS column FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
      WHERE relnamespace::regnamespace::text = ANY ($1) AND relkind = 'r' AND attnum > 0 AND col_description(attrelid, attnum) IS NULL`, [sampleSchemas[sample]]);
    expect(bare).toEqual([]);
  });

  test('every foreign key has an index to follow it back, and statistics are there', async () => {
    const slow = await query(at(), `SELECT conname FROM pg_constraint k WHERE contype = 'f'
      AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] = k.conkey)`);
    expect(slow).toEqual([]);
    const unanalyzed = await query(at(), "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text = ANY ($1) AND reltuples < 0", [sampleSchemas[sample]]);
    expect(unanalyzed).toEqual([]);
  });

  test('each question with rows has some, and its other readings run', async () => {
    for (const { id, expect: wanted } of sampleQuestions(sample)) {
      if (wanted.kind !== 'rows') continue;
      for (const sql of [wanted.sql, ...(wanted.alternatives ?? [])]) expect((await query(at(), sql)).length, `${id}: ${sql}`).toBeGreaterThan(0);
    }
    const ids = sampleQuestions(sample).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the overlay names only what is there, and its measures and filters run', async () => {
    const overlay = sampleOverlay(sample);
    const columns = new Set((await query<{ name: string }>(at(), "SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns")).map(({ name }) => name));
    const named = Object.entries(overlay.relations).flatMap(([relation, words]) => [...Object.keys(words.columns ?? {}), ...(words.labelColumns ?? []), ...(words.timeColumn ? [words.timeColumn] : [])].map((column) => `${relation}.${column}`));
    expect(named.filter((name) => !columns.has(name))).toEqual([]);
    for (const { relation, expression } of overlay.metrics) expect(Object.values((await query(at(), `SELECT ${expression} AS value FROM ${relation}`))[0] ?? {})[0]).not.toBeNull();
    for (const { relation, condition } of overlay.filters) expect((await query(at(), `SELECT 1 AS one FROM ${relation} WHERE ${condition} LIMIT 1`)).length, condition).toBe(1);
    for (const [relation, words] of Object.entries(overlay.relations)) {
      for (const [column, { valueSynonyms = {} }] of Object.entries(words.columns ?? {})) {
        const values = (await query<{ value: string }>(at(), `SELECT DISTINCT ${column}::text AS value FROM ${relation}`)).map(({ value }) => value);
        for (const value of Object.keys(valueSynonyms)) expect(values).toContain(value);
      }
    }
  });
});

describe('verified SQL', () => {
  /** A verified pair, the sample question it answers, and the values of its slots. */
  const cases = [
    ['university', 'enrolled-students-per-department', 'enrolled-per-department', {}],
    ['university', 'courses-per-department', 'courses-per-department', {}],
    ['university', 'departments-with-more-courses-than', 'departments-with-more-than-two-courses', { count: 2 }],
    ['university', 'courses-of-student', 'courses-of-one-student', { student: 'amara okafor' }],
    ['university', 'students-by-enrollment-year', 'enrolled-in-year', { year: 2022 }],
    ['university', 'project-details', 'details-of-one-project', { project: 'Coastal Flood Forecasting' }],
    ['university', 'project-members', 'members-of-one-project', { project: 'Coastal Flood Forecasting' }],
    ['sales', 'sales-of-last-quarter', 'sales-of-last-quarter', {}],
    ['sales', 'revenue-by-month-of-year', 'revenue-by-month', { year: 2024 }],
    ['sales', 'top-customers-by-revenue', 'top-customers', { count: 5 }],
    ['sales', 'revenue-by-category', 'revenue-by-category', {}],
  ] as const;

  test.each(cases)('%s: %s answers %s as SQL written by hand does', async (sample, pair, question, values) => {
    const expected = sampleQuestions(sample).find(({ id }) => id === question)?.expect;
    if (expected?.kind !== 'rows') throw new Error(`no rows expected of ${question}`);
    const [answer, wanted] = await Promise.all([runPair(sample, pair, values), query(server.connectionString({ database: sample }), expected.sql)]);
    expect(answer.length).toBeGreaterThan(0);
    expect(answerMatches(answer, wanted, expected.ordered ?? false)).toBe(true);
  });

  test('the others run as well', async () => {
    expect(await runPair('sales', 'orders-of-customer', { customer: 'alder logistics' })).not.toEqual([]);
    const rates = await runPair('sales', 'return-rate-by-category', {});
    const [total] = await query(server.connectionString({ database: 'sales' }), 'SELECT count(*)::int AS lines, (SELECT count(*)::int FROM sales.returns) AS returned FROM sales.order_items');
    const sum = (name: string) => rates.reduce((result, row) => result + Number(row[name]), 0);
    expect({ lines: sum('order_lines'), returned: sum('returned_lines') }).toEqual(total);
  });

  test('slots, parameters and names agree in every pair', () => {
    for (const { id, question, alternatives, sql, parameters } of sampleNames.flatMap((sample) => sampleOverlay(sample).verifiedQueries)) {
      const names = parameters.map(({ name }) => name).sort();
      for (const wording of [question, ...alternatives]) expect([...wording.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(), `${id}: ${wording}`).toEqual(names);
      expect([...new Set([...sql.matchAll(/(?<!:):(\w+)/g)].map(([, name]) => name))].sort(), id).toEqual(names);
    }
  });

  function runPair(sample: 'university' | 'sales', pair: string, values: Readonly<Record<string, unknown>>) {
    const found = sampleOverlay(sample).verifiedQueries.find(({ id }) => id === pair);
    if (!found) throw new Error(`no verified query ${pair}`);
    const names = Object.keys(values);
    return query(server.connectionString({ database: sample }), found.sql.replace(/(?<!:):(\w+)/g, (_, name: string) => `$${names.indexOf(name) + 1}`), Object.values(values));
  }
});

describe('seeding', () => {
  test('again changes nothing, not even what was added since', async () => {
    const at = await emptyDatabase();
    await seedSample({ connectionString: at, sample: 'university' });
    await query(at, "INSERT INTO academics.departments (name, code, established, annual_budget) VALUES ('Astronomy', 'ASTR', 2024, 1)");
    await seedSample({ connectionString: at, sample: 'university' });
    expect(await query(at, "SELECT department_id FROM academics.departments WHERE code = 'ASTR'")).toEqual([{ department_id: 13 }]);
  });

  test('from several sides at once happens once', async () => {
    const at = await emptyDatabase();
    await Promise.all(Array.from({ length: 4 }, () => seedSample({ connectionString: at, sample: 'university' })));
    expect(await query(at, 'SELECT count(*)::int AS count FROM academics.departments')).toEqual([{ count: 12 }]);
  });

  test('with another anchor replaces the rows', async () => {
    const at = await emptyDatabase();
    await seedSample({ connectionString: at, sample: 'university' });
    await seedSample({ connectionString: at, sample: 'university', anchor: '2031-01-01' });
    expect(await query(at, 'SELECT max(extract(year FROM enrolled_on))::int AS year, min(extract(year FROM enrolled_on))::int AS first FROM academics.enrollments')).toEqual([{ year: 2030, first: 2026 }]);
  });

  test.each([15, 60, 120])('that is aborted after %i ms leaves nothing half done', async (milliseconds) => {
    const at = await emptyDatabase();
    await expect(seedSample({ connectionString: at, sample: 'sales', signal: AbortSignal.timeout(milliseconds) })).rejects.toMatchObject({ code: 'aborted' });
    await seedSample({ connectionString: at, sample: 'sales' });
    expect(await query(at, 'SELECT count(*)::int AS count FROM sales.products')).toEqual([{ count: 46 }]);
  });

  test('that fails in the middle leaves nothing', async () => {
    const at = await emptyDatabase();
    // The last statement needs the ownership of the database, which this role lacks.
    await query(at, "CREATE ROLE seeder LOGIN PASSWORD 'seeder'");
    await query(at, `GRANT CREATE ON DATABASE ${pg.escapeIdentifier(new URL(at).pathname.slice(1))} TO seeder`);
    const asSeeder = new URL(at);
    asSeeder.username = 'seeder';
    asSeeder.password = 'seeder';
    await expect(seedSample({ connectionString: asSeeder.href, sample: 'university' })).rejects.toMatchObject({ code: '42501' });
    expect(await query(at, "SELECT nspname FROM pg_namespace WHERE nspname = 'academics'")).toEqual([]);
  });

  test('refuses to replace schemas that are not its own', async () => {
    const at = await emptyDatabase();
    await query(at, 'CREATE SCHEMA sales CREATE VIEW precious AS SELECT 1 AS one');
    await expect(seedSample({ connectionString: at, sample: 'sales' })).rejects.toMatchObject({ code: 'sample-mismatch' });
    expect(await query(at, 'SELECT one FROM sales.precious')).toEqual([{ one: 1 }]);
  });

  test.each([{ sample: 'zoo' as never }, { sample: 'sales' as const, anchor: 'yesterday' }])('%o is refused', async (options) => {
    await expect(seedSample({ connectionString: server.connectionString(), ...options })).rejects.toMatchObject({ code: 'invalid-option' });
  });
});
