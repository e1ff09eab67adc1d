import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { findRunUser } from './run-user.js';

const temporaryDirectory = temporaryDirectories();
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A copy of what npm installed, changed as the test wants. */
async function installedCopy(change: (root: string) => void) {
  const user = await findRunUser();
  const { postgres } = await findPostgresBinaries(17, null);
  const original = dirname(dirname(dirname(postgres)));
  const cache = temporaryDirectory();
  vi.stubEnv('XDG_CACHE_HOME', cache);
  const root = join(temporaryDirectory(), 'package');
  cpSync(original, root, { recursive: true, verbatimSymlinks: true });
  change(root);
  const asUser = user?.change ? { uid: user.uid, gid: user.gid } : {};
  const version = (program: string) => execFileSync(program, ['--version'], { ...asUser, cwd: '/', env: {}, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { user, cache, version, installed: { root, native: join(root, 'native'), platform: `${process.platform}-${process.arch}` } };
}

const removeLinks = (root: string) => {
  for (const { target } of JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[]) rmSync(join(root, target));
};

describe.skipIf(process.platform !== 'linux')('programs that can not run where npm put them', () => {
  test.each([
    ['the library links of the denied install script are missing', removeLinks],
    ['programs are not executable', (root: string) => ['postgres', 'initdb'].forEach((name) => chmodSync(join(root, 'native', 'bin', name), 0o644))],
  ])('are copied to the cache directory once: %s', async (_, change) => {
    const { user, cache, version, installed } = await installedCopy(change);
    expect(() => version(join(installed.native, 'bin', 'postgres'))).toThrow();
    const [binaries, same] = await Promise.all([findPostgresBinaries(17, user, installed), findPostgresBinaries(17, user, installed)]);
    expect(same).toEqual(binaries);
    expect(binaries.postgres.startsWith(join(cache, 'ask-aurora', 'binaries'))).toBe(true);
    expect(version(binaries.postgres)).toMatch(/^postgres \(PostgreSQL\) 17\./);
    expect(version(binaries.initdb)).toMatch(/^initdb \(PostgreSQL\) 17\./);
    expect(readdirSync(join(cache, 'ask-aurora', 'binaries'))).toHaveLength(1);

    const { mtimeMs } = statSync(binaries.postgres);
    await findPostgresBinaries(17, user, installed);
    expect(statSync(binaries.postgres).mtimeMs).toBe(mtimeMs);
  });

  test.skipIf(process.getuid?.() !== 0)('are copied when a private directory lies above them, and the files are private, too', async () => {
    const { user, cache, version, installed } = await installedCopy((root) => {
      execFileSync('chmod', ['-R', 'go-rwx', root]);
      chmodSync(dirname(root), 0o700);
    });
    expect(() => version(join(installed.native, 'bin', 'postgres'))).toThrow();
    const binaries = await findPostgresBinaries(17, user, installed);
    expect(binaries.postgres.startsWith(cache)).toBe(true);
    expect(version(binaries.postgres)).toMatch(/^postgres \(PostgreSQL\) 17\./);
  });

  test('are used in place when they can be', async () => {
    const { user, cache, installed } = await installedCopy(() => undefined);
    expect((await findPostgresBinaries(17, user, installed)).postgres).toBe(join(installed.native, 'bin', 'postgres'));
    expect(existsSync(join(cache, 'ask-aurora'))).toBe(false);
  });
});
