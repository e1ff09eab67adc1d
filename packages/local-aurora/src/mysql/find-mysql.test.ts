import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMysql } from './find-mysql.js';

const mariadb = "mariadbd  Ver 11.8.2-MariaDB for debian-linux-gnu on x86_64";
const mysql = 'mysqld  Ver 8.0.39 for Linux on x86_64 (MySQL Community Server - GPL)';

describe.skipIf(process.platform === 'win32')('findMysql', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ask-aurora-find-mysql-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function program(folder: string, name: string, says: string, status = 0): Promise<string> {
    await mkdir(join(directory, folder), { recursive: true });
    const file = join(directory, folder, name);
    await writeFile(file, `#!/bin/sh\necho '${says}'\nexit ${String(status)}\n`);
    await chmod(file, 0o755);
    return file;
  }
  const find = (...folders: readonly string[]) => findMysql(folders.map((folder) => join(directory, folder)).join(delimiter));

  test('a MySQL wins over a MariaDB that comes first, under either of its names', async () => {
    const server = await program('later', 'mysqld', mysql);
    await program('first', 'mariadb-install-db', '');
    await symlink(await program('first', 'mariadbd', mariadb), join(directory, 'first', 'mysqld'));
    expect(await find('first', 'later')).toEqual({ server, install: undefined });
  });

  test('a program that does not run is passed over', async () => {
    await program('broken', 'mysqld', mysql, 127);
    const server = await program('whole', 'mysqld', mysql);
    expect(await find('broken', 'whole')).toEqual({ server, install: undefined });
  });
});
