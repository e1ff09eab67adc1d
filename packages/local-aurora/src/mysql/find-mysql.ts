import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** The programs of a MySQL or MariaDB server on this machine. */
export interface MysqlPrograms {
  readonly server: string;
  /** MariaDB's own program that makes a data directory; MySQL's server does it itself. */
  readonly install: string | undefined;
}

/** Servers are often installed where only root's PATH leads. */
const usualDirectories = ['/usr/bin', '/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/local/mysql/bin', '/opt/homebrew/bin'];

/**
 * Finds a server; undefined when none is installed. A MySQL wins over a MariaDB, wherever they are, because Aurora MySQL is a MySQL.
 * A program is known by what it says of itself: where MariaDB is installed, `mysqld` often is another name for it.
 */
export async function findMysql(path = process.env['PATH'] ?? ''): Promise<MysqlPrograms | undefined> {
  const directories = [...path.split(delimiter).filter((directory) => directory !== ''), ...usualDirectories];
  for (const server of await programs(directories, 'mysqld')) if ((await brandOf(server)) === 'MySQL') return { server, install: undefined };
  const [install] = [...(await programs(directories, 'mariadb-install-db')), ...(await programs(directories, 'mysql_install_db'))];
  if (install === undefined) return undefined;
  for (const server of [...(await programs(directories, 'mariadbd')), ...(await programs(directories, 'mysqld'))]) if ((await brandOf(server)) === 'MariaDB') return { server, install };
  return undefined;
}

/** A program that does not run here is no server. */
async function brandOf(server: string): Promise<'MySQL' | 'MariaDB' | undefined> {
  const version = await promisify(execFile)(server, ['--no-defaults', '--version'], { timeout: 10_000 }).then(({ stdout }) => stdout, () => undefined);
  if (version === undefined) return undefined;
  return version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
}

/** Every program of this name, in the order of the directories. */
async function programs(directories: readonly string[], name: string): Promise<readonly string[]> {
  const files = [...new Set(directories)].map((directory) => join(directory, name));
  const present = await Promise.all(files.map((file) => access(file, constants.X_OK).then(() => true, () => false)));
  return files.filter((_, index) => present[index]);
}
