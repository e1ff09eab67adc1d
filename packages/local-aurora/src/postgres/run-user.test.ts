import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { findRunUser, parsePasswd } from './run-user.js';

const temporaryDirectory = temporaryDirectories();

test('entries of a passwd file are read, also negative ids', () => {
  expect([...parsePasswd('root:x:0:0:root:/root:/bin/sh\n# comment\n\nnobody:*:-2:-2::/:\nbroken:x:a:b::\n')]).toEqual([
    ['root', { uid: 0, gid: 0 }],
    ['nobody', { uid: 4_294_967_294, gid: 4_294_967_294 }],
  ]);
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  test.each([
    ['nobody before all others', 'postgres:x:26:26::/:\nnobody:x:65534:65533::/:\n', { uid: 65_534, gid: 65_533, change: true }],
    ['never a user that is root by another name', 'nobody:x:0:0::/:\ndaemon:x:2:3::/:\n', { uid: 2, gid: 3, change: true }],
  ])('the server runs as %s', async (_, passwd, expected) => {
    const file = join(temporaryDirectory(), 'passwd');
    writeFileSync(file, passwd);
    expect(await findRunUser(file)).toEqual(expected);
  });
});

test.skipIf(!process.getuid || process.getuid() === 0)('an ordinary user runs it as itself', async () => {
  expect(await findRunUser()).toEqual({ uid: process.getuid?.(), gid: process.getgid?.(), change: false });
});
