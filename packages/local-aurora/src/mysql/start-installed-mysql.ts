import { randomBytes } from 'node:crypto';
import { chown, type FileHandle, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMysqlDriver } from '../data-api/mysql/load-mysql-driver.js';
import { createDeadline, type Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { findFreePort } from '../postgres/free-port.js';
import { programEnvironment } from '../postgres/program-environment.js';
import { readLog } from '../postgres/read-log.js';
import { findRunUser, type RunUser } from '../postgres/run-user.js';
import { type SupervisedProcess, superviseProcess } from '../postgres/supervise-process.js';
import { findMysql, type MysqlPrograms } from './find-mysql.js';

export interface StartInstalledMysqlOptions {
  /** Milliseconds for making the data directory and starting. @default 60_000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Takes only a MySQL for installed, and not a MariaDB, which differs in more than a few statements. @default false */
  readonly mysqlOnly?: boolean;
}

export interface InstalledMysql {
  /** An administrator's URL, with a random password, for `startLocalDataApi({ mysql })`. */
  readonly connectionString: string;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts the MySQL or MariaDB that is installed on this machine, with data of its own in a temporary directory, on a free
 * port of 127.0.0.1, as an unprivileged user. It ends with this process, however that ends, and is for tests.
 *
 * @returns undefined when no server is installed: npm has none that could stand in for Aurora MySQL.
 * @throws {LocalAuroraError} `driver-missing`, `user-unsuitable`, `initialization-failed`, `start-failed`, `deadline-exceeded`, `aborted`
 */
export async function startInstalledMysql({ deadlineMs = 60_000, signal, mysqlOnly = false }: StartInstalledMysqlOptions = {}): Promise<InstalledMysql | undefined> {
  const programs = await findMysql();
  // MariaDB is the one with a program of its own that makes a data directory.
  if (!programs || (mysqlOnly && programs.install !== undefined)) return undefined;
  const deadline = createDeadline({ milliseconds: deadlineMs, signal, purpose: 'starting MySQL' });
  deadline.check();
  const user = await findRunUser();
  const directory = await mkdtemp(join(tmpdir(), 'ask-aurora-mysql-'));
  try {
    const data = join(directory, 'data');
    const files = join(directory, 'files');
    for (const path of [data, files]) await mkdir(path, { mode: 0o700 });
    if (user?.change) for (const path of [directory, data, files]) await chown(path, user.uid, user.gid);
    const log = await open(join(directory, 'server.log'), 'wx+', 0o600);
    try {
      const place: Place = { directory, data, files, user, log, deadline };
      await makeData(programs, place);
      return await run(programs, place);
    } finally {
      await log.close();
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  readonly directory: string;
  readonly data: string;
  /** The only directory whose files statements may read or write: builds of MySQL have others of their own, which need not be there. */
  readonly files: string;
  readonly user: RunUser | null;
  readonly log: FileHandle;
  readonly deadline: Deadline;
}

async function makeData({ server, install }: MysqlPrograms, { data, user, log, deadline }: Place): Promise<void> {
  const command: [string, ...string[]] = install === undefined
    ? [server, '--no-defaults', '--initialize-insecure', `--datadir=${data}`]
    : [install, '--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
  const making = superviseProcess({ command, user, environment: programEnvironment(), log: log.fd, stopSignal: 'TERM' });
  while (!(await making.waitForExit(Math.min(100, deadline.remaining())))) await stopUnlessInTime(making, deadline);
  if (making.status() !== 0) throw new LocalAuroraError('initialization-failed', `MySQL's data directory could not be made: ${(await readLog(log)).slice(-2_000)}`, { cause: making.spawnFailure() });
}

async function run({ server }: MysqlPrograms, { directory, data, files, user, log, deadline }: Place): Promise<InstalledMysql> {
  const port = await findFreePort();
  const password = randomBytes(24).toString('base64url');
  const start = join(directory, 'start.sql');
  await writeFile(start, [
    `CREATE USER 'ask_aurora'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    "GRANT ALL PRIVILEGES ON *.* TO 'ask_aurora'@'127.0.0.1' WITH GRANT OPTION;",
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    '',
  ].join('\n'), { mode: 0o600, flag: 'wx' });
  if (user?.change) await chown(start, user.uid, user.gid);
  const running = superviseProcess({
    command: [
      server, '--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve', `--init-file=${start}`,
      `--socket=${join(directory, 'mysql.sock')}`, `--pid-file=${join(directory, 'mysql.pid')}`, '--innodb-flush-log-at-trx-commit=0', '--character-set-server=utf8mb4',
      // MySQL's X protocol would listen on every address; MariaDB has none.
      `--secure-file-priv=${files}`, '--skip-log-bin', '--loose-mysqlx=OFF',
    ],
    user,
    environment: programEnvironment(),
    log: log.fd,
    stopSignal: 'TERM',
    remove: { path: directory, when: 'stopped' },
  });
  const { createConnection } = await loadMysqlDriver();
  const account = { host: '127.0.0.1', port, user: 'ask_aurora', password };
  const answers = () => new Promise<boolean>((resolve) => {
    const connection = createConnection({ ...account, connectTimeout: 5_000 });
    connection.on('error', () => undefined);
    connection.connect((error) => {
      connection.destroy();
      resolve(!error);
    });
  });
  while (!(await answers())) {
    if (running.status() !== null) throw new LocalAuroraError('start-failed', `MySQL ended while starting: ${(await readLog(log)).slice(-2_000)}`, { cause: running.spawnFailure() });
    await stopUnlessInTime(running, deadline);
    await deadline.sleep(50).catch(() => undefined);
  }
  return {
    connectionString: `mysql://ask_aurora:${password}@127.0.0.1:${port}`,
    async stop() {
      running.requestStop();
      if (!(await running.waitForExit(20_000))) throw new LocalAuroraError('stop-failed', 'MySQL did not end within 20 s.');
    },
  };
}

async function stopUnlessInTime(program: SupervisedProcess, deadline: Deadline): Promise<void> {
  try {
    deadline.check();
  } catch (error) {
    program.requestStop();
    // MySQL ends its initialization when it likes; after 15 s it is killed.
    await program.waitForExit(20_000);
    throw error;
  }
}
