import { sampleNames, sampleQuestions } from '@ask-aurora/local-aurora';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli } from './run-cli.js';

interface Check {
  readonly id: string;
  readonly database: string;
  readonly passed: boolean;
  readonly summary: string;
}

describe('the sample questions, each held against SQL written by hand', () => {
  const environment = freshEnvironment();
  const checks = new Map<string, Check>();
  let exitCode: number | null = null;

  beforeAll(async () => {
    const run = await runCli(['test', '--json'], environment);
    exitCode = run.exitCode;
    for (const line of run.stdout.trim().split('\n')) {
      const check = JSON.parse(line) as Check;
      checks.set(`${check.database}/${check.id}`, check);
    }
  }, 120_000);

  afterAll(() => rmSync(environment['HOME'] ?? '', { recursive: true, force: true }));

  it.each(sampleNames.flatMap((database) => sampleQuestions(database).map(({ id, question }) => ({ key: `${database}/${id}`, question }))))('$key: $question', ({ key }) => {
    expect(checks.get(key)).toMatchObject({ passed: true });
  });

  it('ends with 0 because all passed', () => {
    expect(exitCode).toBe(0);
  });

  it('names the questions there are when asked for another one', async () => {
    const { exitCode: code, stderr } = await runCli(['test', 'no-such-question'], environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no sample question "no-such-question"/);
  });
});
