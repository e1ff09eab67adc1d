import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { createDeadline } from '../deadline.js';
import { initializeCluster } from './initialize-cluster.js';
import { findRunUser } from './run-user.js';

const temporaryDirectory = temporaryDirectories();

/** An initdb that does what the text says. */
function fakeBinaries(script: string) {
  const initdb = join(temporaryDirectory(), 'initdb');
  writeFileSync(initdb, `#!/bin/sh\n${script}\n`);
  chmodSync(initdb, 0o755);
  return { initdb, postgres: initdb, pgCtl: initdb };
}

describe.skipIf(process.platform === 'win32')('an initdb that fails', () => {
  test.each([
    ['in its own words', 'echo "no space left" >&2; exit 1', 'initialization-failed', 'no space left'],
    ['for a user without a passwd entry', 'echo "initdb: error: could not look up effective user ID 4711: user does not exist" >&2; exit 1', 'user-unsuitable', '/etc/passwd'],
    ['because the loader is missing', 'exit 127', 'platform-unsupported', 'glibc'],
    ['killed', 'kill -9 $$', 'initialization-failed', '137'],
  ])('%s', async (_, script, code, words) => {
    const directory = join(temporaryDirectory(), 'made');
    mkdirSync(directory, { mode: 0o711 });
    const making = initializeCluster({ binaries: fakeBinaries(script), user: await findRunUser(), directory, handOver: true, deadline: createDeadline({ milliseconds: 10_000, purpose: 'initdb' }) });
    await expect(making).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(existsSync(join(directory, 'password'))).toBe(false);
  });

  test('to end is ended at the deadline', async () => {
    const directory = temporaryDirectory();
    const making = initializeCluster({ binaries: fakeBinaries('exec sleep 60'), user: await findRunUser(), directory, handOver: true, deadline: createDeadline({ milliseconds: 200, purpose: 'initdb' }) });
    const began = performance.now();
    await expect(making).rejects.toMatchObject({ code: 'deadline-exceeded' });
    // Well before the program would have ended by itself.
    expect(performance.now() - began).toBeLessThan(50_000);
  });
});
