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

/** Finds `mariadbd` or `mysqld`; undefined when neither is installed. */
export async function findMysql(path = process.env['PATH'] ?? ''): Promise<MysqlPrograms | undefined> {
  const directories = [...path.split(delimiter).filter((directory) => directory !== ''), ...usualDirectories];
  const server = (await firstProgram(directories, 'mariadbd')) ?? (await firstProgram(directories, 'mysqld'));
  if (server === undefined) return undefined;
  const { stdout } = await promisify(execFile)(server, ['--no-defaults', '--version'], { timeout: 10_000 });
  if (!stdout.includes('MariaDB')) return { server, install: undefined };
  const install = (await firstProgram(directories, 'mariadb-install-db')) ?? (await firstProgram(directories, 'mysql_install_db'));
  return install === undefined ? undefined : { server, install };
}

async function firstProgram(directories: readonly string[], name: string): Promise<string | undefined> {
  for (const directory of directories) {
    const file = join(directory, name);
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file;
  }
  return undefined;
}
