import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { findCacheDirectory } from './cache-directory.js';

const temporaryDirectory = temporaryDirectories();

test('XDG_CACHE_HOME decides, and the directory is made for this user to write alone', async () => {
  const home = temporaryDirectory();
  const found = await findCacheDirectory({ XDG_CACHE_HOME: home });
  expect(found).toBe(join(home, 'ask-aurora'));
  expect(statSync(found).mode & 0o022).toBe(0);
});

test('a directory that others may write to is refused: programs are run from it', async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, 'ask-aurora'));
  chmodSync(join(home, 'ask-aurora'), 0o777);
  await expect(findCacheDirectory({ XDG_CACHE_HOME: home })).rejects.toMatchObject({ code: 'cache-directory-unsafe' });
});

test('so is a link that somebody placed there', async () => {
  const home = temporaryDirectory();
  symlinkSync(temporaryDirectory(), join(home, 'ask-aurora'));
  await expect(findCacheDirectory({ XDG_CACHE_HOME: home })).rejects.toMatchObject({ code: 'cache-directory-unsafe' });
});

test('a relative XDG_CACHE_HOME is ignored, as its specification says', async () => {
  expect(await findCacheDirectory({ XDG_CACHE_HOME: 'relative' })).not.toContain('relative');
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  test('a cache that the server\'s user can not reach is passed over', async () => {
    const closed = temporaryDirectory();
    chmodSync(closed, 0o700);
    expect(await findCacheDirectory({ XDG_CACHE_HOME: closed })).not.toContain(closed);
  });
});
