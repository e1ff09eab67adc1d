import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { createDeadline } from '../deadline.js';
import { lockDirectory } from './directory-lock.js';
import { identifyProcess } from './process-identity.js';

const temporaryDirectory = temporaryDirectories();
const within = (milliseconds: number, signal?: AbortSignal) => createDeadline({ milliseconds, signal, purpose: 'taking a lock' });

test('only one of many holds it at a time, and all get it', async () => {
  const directory = temporaryDirectory();
  let holders = 0;
  let served = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const lock = await lockDirectory(directory, within(20_000));
      holders += 1;
      expect(holders).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      holders -= 1;
      served += 1;
      await lock.release();
    }),
  );
  expect(served).toBe(8);
  expect(readdirSync(directory)).toEqual([]);
});

test('a living owner is named when the deadline comes', async () => {
  const directory = temporaryDirectory();
  const lock = await lockDirectory(directory, within(20_000));
  await expect(lockDirectory(directory, within(100))).rejects.toMatchObject({ code: 'data-directory-in-use', message: expect.stringContaining(`process ${process.pid}`) });
  await lock.release();
});

test('waiting for it can be aborted', async () => {
  const directory = temporaryDirectory();
  const lock = await lockDirectory(directory, within(20_000));
  await expect(lockDirectory(directory, within(10_000, AbortSignal.timeout(30)))).rejects.toMatchObject({ code: 'aborted' });
  await lock.release();
});

const record = (owner: object) => JSON.stringify({ id: 'someone', owner, since: '2024-01-01T00:00:00.000Z' });
const self = async () => {
  const identity = await identifyProcess(process.pid);
  if (!identity) throw new Error('no identity');
  return identity;
};

test.skipIf(process.platform === 'win32')('an owner whose process id now belongs to another process counts as gone', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'lock'), record({ ...(await self()), started: '1' }));
  const lock = await lockDirectory(directory, within(20_000));
  expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8'))).toMatchObject({ owner: { pid: process.pid } });
  await lock.release();
});

test.each([
  ['a fresh lock from another container is respected', 0, 'data-directory-in-use'],
  ['one that was not refreshed for long is replaced', 60, null],
])('%s', async (_, age, code) => {
  const directory = temporaryDirectory();
  const path = join(directory, 'lock');
  writeFileSync(path, record({ ...(await self()), scope: 'elsewhere' }));
  utimesSync(path, Date.now() / 1000 - age, Date.now() / 1000 - age);
  const taking = lockDirectory(directory, within(code ? 200 : 20_000));
  if (code) await expect(taking).rejects.toMatchObject({ code });
  else await (await taking).release();
});

test('a lock that says nothing is replaced only when it is old', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'lock');
  writeFileSync(path, '');
  await expect(lockDirectory(directory, within(100))).rejects.toMatchObject({ code: 'data-directory-in-use' });
  utimesSync(path, 0, 0);
  await (await lockDirectory(directory, within(20_000))).release();
});
