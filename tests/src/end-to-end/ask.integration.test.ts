import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli } from './run-cli.js';

const environment = freshEnvironment();
afterAll(() => rmSync(environment['HOME'] ?? '', { recursive: true, force: true }));

const ask = (question: string, ...options: readonly string[]) => runCli(['ask', question, ...options], environment);
const askJson = async (question: string, ...options: readonly string[]) => {
  const run = await ask(question, '--format', 'json', ...options);
  return { ...run, answer: JSON.parse(run.stdout) as Record<string, unknown> };
};

describe.sequential('ask, on a machine where nothing is configured', () => {
  it('answers the question of the README with SQL, verdict, table and sentence', async () => {
    const { exitCode, stdout } = await ask('How many students are enrolled in each department?');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^SQL on university\n {2}SELECT /);
    expect(stdout).toMatch(/Guard accepted: one SELECT, reads .*academics\.departments/);
    expect(stdout).toMatch(/Computer Science +\d+ {2}█+/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/\.$/);
  });

  it('gives one JSON object with everything in it', async () => {
    const { exitCode, stdout, answer } = await askJson('How many students are enrolled in each department?');
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['question', 'sql', 'parameters', 'columns', 'rows', 'truncated', 'answer', 'refused', 'reason', 'trace']));
    expect(answer).toMatchObject({ refused: false, reason: null, truncated: false });
    expect((answer['rows'] as unknown[]).length).toBeGreaterThan(3);
  });

  it('gives the rows as CSV and the chart as a specification, and neither where there are none', async () => {
    const chart = join(environment['HOME'] ?? '', 'chart.json');
    const { exitCode, stdout } = await ask('How many students are enrolled in each department?', '--format', 'csv', '--chart', chart);
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\r\n');
    expect(lines[0]).toBe('department,students');
    expect(lines.slice(1).every((line) => /^[\w ]+,\d+$/.test(line))).toBe(true);
    const specification = JSON.parse(readFileSync(chart, 'utf8')) as { data: { values: unknown[] }; mark: unknown };
    expect(specification).toMatchObject({ mark: { type: 'bar' } });
    expect(specification.data.values).toHaveLength(lines.length - 1);

    const none = join(environment['HOME'] ?? '', 'none.json');
    const refused = await ask('Delete all students', '--format', 'csv', '--chart', none);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/Refused/);
    expect(existsSync(none)).toBe(false);
  });

  it('shows every step with its time when asked', async () => {
    const { stdout } = await ask('How many departments are there?', '--trace');
    expect(stdout).toMatch(/Trace\n {2}start local Aurora +\d+\.\d ms/);
    for (const step of ['screen', 'guard', 'answer']) expect(stdout).toMatch(new RegExp(`\\n {2}${step} `));
  });

  it('finds the database that a question is about', async () => {
    const { exitCode, answer } = await askJson('show sales data for the last quarter');
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({ database: 'sales', outcome: 'answered' });
  });

  it.each(['List the professors of each department', 'How many projects are there in each building?'])('abstains with the reason of each sample and exit code 2: %s', async (question) => {
    const { exitCode, answer } = await askJson(question);
    expect(exitCode).toBe(2);
    expect(answer).toMatchObject({ refused: true, outcome: 'abstained', sql: null, rows: [], database: null });
    expect(answer['reason']).toMatch(/^university: \w.*\nsales: \w/);
  });

  it.each(['Delete all students', 'DROP TABLE academics.students', 'Update the budget of the Physics department to 5'])('refuses to change data with exit code 2: %s', async (question) => {
    const { exitCode, answer } = await askJson(question);
    expect(exitCode).toBe(2);
    expect(answer).toMatchObject({ refused: true, outcome: 'refused', rows: [] });
  });

  it('says what to do about an unknown database, and exits with 1', async () => {
    const { exitCode, stderr } = await ask('How many students are there?', '--database', 'nowhere');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Choose one of university, sales/);
  });

  it('says what to do about an unknown model, and exits with 1', async () => {
    const { exitCode, stderr } = await ask('How many students are there?', '--model', 'telepathy');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/offline \| bedrock:/);
  });
});
