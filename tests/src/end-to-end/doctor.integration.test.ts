import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli } from './run-cli.js';

const environment = freshEnvironment();
afterAll(() => rmSync(environment['HOME'] ?? '', { recursive: true, force: true }));

const findings = (stdout: string) => stdout.trim().split('\n').map((line) => JSON.parse(line) as { readonly name: string; readonly status: string; readonly found: string });

describe('doctor', () => {
  it('finds everything in order on a machine where nothing was configured', { timeout: 180_000 }, async () => {
    const { exitCode, stdout } = await runCli(['doctor', '--format', 'json'], environment);
    expect(findings(stdout).map(({ name, status }) => [name, status])).toEqual([['Node', 'ok'], ['Guard', 'ok'], ['Cache', 'ok'], ['Local Aurora', 'ok'], ['Model', 'ok']]);
    expect(exitCode).toBe(0);
  });

  it('goes on after a fault, says what to do, and exits with 1', { timeout: 180_000 }, async () => {
    const { exitCode, stdout } = await runCli(['doctor', '--model', 'gpt'], { ...environment, ASK_AURORA_MODEL: 'offline' });
    expect(stdout).toMatch(/^failed {3}Model {9}The model "gpt" is not understood\. Use offline/m);
    expect(stdout).toMatch(/^ok {7}Guard/m);
    expect(exitCode).toBe(1);
  });

  it('is told its version and what was meant', { timeout: 180_000 }, async () => {
    expect(await runCli(['--version'], environment)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
    expect(await runCli(['doctr'], environment)).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/Did you mean doctor/) as string });
  });
});
