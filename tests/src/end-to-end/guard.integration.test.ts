import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli, startCli } from './run-cli.js';

const environment = freshEnvironment();
const home = environment['HOME'] ?? '';
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('guard', () => {
  it('underlines the offending part and exits with 2', async () => {
    const { exitCode, stdout } = await runCli(['guard', 'SELECT pg_sleep(1)'], environment);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/refused \(function\): .*\n1 \| SELECT pg_sleep\(1\)\n {11}\^+\nhint: /);
  });

  it('exits with 0 when all are accepted', async () => {
    const { exitCode, stdout } = await runCli(['guard', 'SELECT 1', 'SELECT count(*) FROM orders'], environment);
    expect(stdout).toBe('accepted: reads no relation\naccepted: reads public.orders\n');
    expect(exitCode).toBe(0);
  });

  it('answers each JSON line of standard input with one, by the policy of a file', async () => {
    const policy = join(home, 'policy.json');
    writeFileSync(policy, JSON.stringify({ version: 1, tables: [{ schema: 'app', name: 'users', columns: ['id'] }] }));
    const input = [{ id: 'a', sql: 'SELECT id FROM app.users' }, { id: 'b', sql: 'SELECT password FROM app.users' }].map((record) => JSON.stringify(record)).join('\n');
    const { exitCode, stdout } = await runCli(['guard', '--policy', policy, '--version', '16'], environment, `${input}\nnot json\n{"id":"d","sql":5}\n`);
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([{ id: 'a', ok: true }, { id: 'b', ok: false }, { id: null, ok: false, line: 3 }, { id: 'd', ok: false, line: 4 }]);
    expect(exitCode).toBe(2);
  });

  it('says what is wrong with a policy and exits with 1', async () => {
    const policy = join(home, 'misspelt.json');
    writeFileSync(policy, JSON.stringify({ version: 1, tabels: [] }));
    const { exitCode, stderr } = await runCli(['guard', '--policy', policy, 'SELECT 1'], environment);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/tabels/);
    expect(stderr.match(/tabels/g)).toHaveLength(1);
  });

  it('ends quietly when nobody reads its answers any more', async () => {
    // Far more than a pipe holds, so that something is still to be written when it is closed.
    const input = Array.from({ length: 20_000 }, (_, id) => JSON.stringify({ id, sql: 'SELECT 1' })).join('\n');
    const child = startCli(['guard'], environment, input);
    // The command stops reading, too.
    child.stdin?.on('error', () => undefined);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const ended = await new Promise<unknown>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    expect({ ended, stderr }).toEqual({ ended: { code: 0, signal: null }, stderr: '' });
  });
});
