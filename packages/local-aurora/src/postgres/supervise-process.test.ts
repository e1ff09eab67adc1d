import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../test-support/eventually.js';
import { isRunning } from '../../test-support/is-running.js';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { superviseProcess } from './supervise-process.js';

const temporaryDirectory = temporaryDirectories();

describe.skipIf(process.platform === 'win32').each(['shell', 'node'] as const)('the %s supervisor', (supervisor) => {
  function run(script: string, when: 'stopped' | 'failed' = 'stopped') {
    const directory = temporaryDirectory();
    const doomed = join(directory, 'doomed');
    mkdirSync(doomed);
    const log = join(directory, 'log');
    const supervised = superviseProcess({
      command: ['/bin/sh', '-c', script],
      user: null,
      environment: { PATH: '/usr/bin:/bin' },
      log: openSync(log, 'w'),
      stopSignal: 'TERM',
      remove: { path: doomed, when },
      supervisor,
    });
    return { ...supervised, doomed, log: () => readFileSync(log, 'utf8') };
  }

  test.each([0, 3])('passes on the status %i', async (status) => {
    const program = run(`echo out; echo err >&2; exit ${status}`);
    expect(await program.waitForExit(25_000)).toBe(true);
    expect(program.status()).toBe(status);
    expect(program.log()).toBe('out\nerr\n');
  });

  test('asks again until the program listens', async () => {
    const program = run('trap "" TERM; echo $$; sleep 0.5; trap "exit 7" TERM; while :; do sleep 0.05; done');
    expect(await eventually(() => program.log() !== '')).toBe(true);
    program.requestStop();
    expect(await program.waitForExit(25_000)).toBe(true);
    expect(program.status()).toBe(7);
    expect(isRunning(Number(program.log()))).toBe(false);
  });

  test.each([
    ['stopped', 'sleep 60', true, true],
    ['stopped', 'exit 1', false, false],
    ['failed', 'exit 1', false, true],
    ['failed', 'exit 0', false, false],
  ] as const)('removes the directory when %s: `%s`', async (when, script, stop, removed) => {
    const program = run(`echo up; exec ${script.startsWith('exit') ? `sh -c "${script}"` : script}`, when);
    expect(await eventually(() => program.log() !== '')).toBe(true);
    if (stop) program.requestStop();
    expect(await program.waitForExit(25_000)).toBe(true);
    expect(existsSync(program.doomed)).toBe(!removed);
  });

  test('says when time is over before the program is', async () => {
    const program = run('sleep 60');
    expect(await program.waitForExit(50)).toBe(false);
    expect(program.status()).toBeNull();
    program.requestStop();
    expect(await program.waitForExit(25_000)).toBe(true);
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a supervisor that can not be started says why, and ends', async () => {
  const program = superviseProcess({ command: ['/bin/true'], user: { uid: 1, gid: 1, change: true }, environment: {}, log: 1, stopSignal: 'TERM', supervisor: 'shell' });
  expect(await program.waitForExit(25_000)).toBe(true);
  expect(program.status()).toBe(127);
  expect(program.spawnFailure()).toMatchObject({ code: 'EPERM' });
});
