import pg from 'pg';
import { useLocalPostgres } from '@ask-aurora/local-aurora/testing';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli } from './run-cli.js';

const environment = freshEnvironment();
const home = environment['HOME'] ?? '';
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
const values = ({ rows }: Answer): readonly unknown[][] => rows.map((row) => Object.values(row));

const script = `
  CREATE TABLE boats (boat_id int PRIMARY KEY, name text NOT NULL, harbour text NOT NULL, built int);
  INSERT INTO boats VALUES (1, 'Heron', 'Kiel', 1990), (2, 'Tern', 'Kiel', 2004), (3, 'Swift', 'Riga', 2011);
  CREATE ROLE asker LOGIN PASSWORD 'asks only' NOSUPERUSER;
  GRANT SELECT ON boats TO asker;
`;

describe.each([16, 18] as const)('asking a PostgreSQL %i of the user', (version) => {
  const postgres = useLocalPostgres({ version });
  let url = '';
  beforeAll(async () => {
    await postgres().createDatabase('harbours');
    const client = new pg.Client({ connectionString: postgres().connectionString({ database: 'harbours' }) });
    await client.connect();
    await client.query(script);
    await client.end();
    url = `postgresql://asker@127.0.0.1:${String(postgres().port)}/harbours`;
  });
  const ask = (question: string, ...args: string[]) => runCli(['ask', '--database-url', url, '--format', 'json', ...args, question], { ...environment, PGPASSWORD: 'asks only' });

  it('reads its schema and answers', { timeout: 120_000 }, async () => {
    const { exitCode, stdout, stderr } = await ask('How many boats are there in each harbour?');
    expect(stderr).not.toMatch(/error/);
    const answer = JSON.parse(stdout) as Answer;
    expect(answer).toMatchObject({ database: 'harbours', outcome: 'answered' });
    expect(values(answer)).toEqual([['Kiel', 2], ['Riga', 1]]);
    expect(exitCode).toBe(0);
  });

  it("filters by the policy's tenant, and refuses without one", { timeout: 120_000 }, async () => {
    const policy = join(home, `policy-${String(version)}.json`);
    writeFileSync(policy, JSON.stringify({ version: 1, tables: [{ schema: 'public', name: 'boats', columns: ['boat_id', 'name', 'harbour', 'built'], columnsAreComplete: true }], tenantFilters: [{ schema: 'public', table: 'boats', column: 'harbour', value: 'harbour' }] }));
    const filtered = await ask('How many boats are there?', '--policy', policy, '--tenant', 'harbour=Riga');
    expect(values(JSON.parse(filtered.stdout) as Answer)).toEqual([[1]]);
    const unfiltered = await ask('How many boats are there?', '--policy', policy);
    expect(JSON.parse(unfiltered.stdout)).toMatchObject({ outcome: 'refused', rows: [] });
    expect(unfiltered.exitCode).toBe(2);
  });
});

describe('naming a database', () => {
  it.each<[string[], RegExp]>([
    [['--database-url', 'mysql://127.0.0.1/x'], /--database-url as postgresql:/],
    [['--database-url', 'postgresql://asker@127.0.0.1:1/'], /--database-url as postgresql:/],
    [['--database-url', 'postgresql://asker@127.0.0.1:1/x', '--database', 'y'], /cannot be used with/],
    [['--resource-arn', 'arn:aws:rds:eu-west-1:1:cluster:c'], /--resource-arn and --secret-arn together/],
    [['--resource-arn', 'arn:aws:rds:eu-west-1:1:cluster:c', '--secret-arn', 'arn:aws:secretsmanager:eu-west-1:1:secret:s'], /--database/],
    [['--policy', '/nowhere.json'], /have a schema and policy of their own/],
    [['--database-url', 'postgresql://asker@127.0.0.1:1/x', '--policy', '/nowhere.json'], /nowhere\.json" cannot be read/],
    [['--database-url', 'postgresql://asker@127.0.0.1:1/x'], /database x at 127\.0\.0\.1:1 could not be used as asker/],
    [['--database-url', 'postgresql://asker@127.0.0.1:1/x', '--tenant', 'harbour'], /customer=42/],
  ])('%j is answered with what to do', { timeout: 180_000 }, async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(['ask', ...args, 'How many boats?'], environment);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
  });
});
