import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identifyProcess, probeProcess } from './process-identity.js';

test('a process is itself until it ends', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid!);
  expect(identity).not.toBeNull();
  expect(await probeProcess(identity!)).toBe('alive');
  child.kill();
  await once(child, 'exit');
  expect(await probeProcess(identity!)).toBe('gone');
});

test.skipIf(process.platform === 'win32')('the same id with another start time is another process', async () => {
  const identity = await identifyProcess(process.pid);
  expect(await probeProcess({ ...identity!, started: `${identity!.started}0` })).toBe('gone');
});

test('a process of another machine can not be judged', async () => {
  const identity = await identifyProcess(process.pid);
  expect(await probeProcess({ ...identity!, scope: 'another boot' })).toBe('foreign');
});
