import { randomBytes } from 'node:crypto';
import { type FileHandle, chown, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { programEnvironment } from './program-environment.js';
import { readLog } from './read-log.js';
import type { RunUser } from './run-user.js';
import { type SupervisedProcess, superviseProcess } from './supervise-process.js';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface InitializeClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly user: RunUser | null;
  /** An existing directory of our own; the cluster is made in `cluster` below it. Removed when initdb fails. */
  readonly directory: string;
  /** Give the directory to the server's user, who can then remove it. */
  readonly handOver?: boolean;
  readonly deadline: Deadline;
}

/** The ICU collation stands in for Aurora's en_US.UTF-8 and, unlike it, is the same on every machine. */
const localeArguments = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];

/**
 * Makes a cluster with one superuser with a random password, which only TCP connections from this machine can use.
 *
 * @throws {LocalAuroraError} `initialization-failed` with initdb's output, `user-unsuitable`, `platform-unsupported`,
 * `deadline-exceeded`, `aborted`
 */
export async function initializeCluster({ binaries, user, directory, handOver = false, deadline }: InitializeClusterOptions): Promise<Credentials> {
  const credentials: Credentials = { user: 'postgres', password: randomBytes(24).toString('base64url') };
  const cluster = join(directory, 'cluster');
  const passwordFile = join(directory, 'password');
  const logFile = join(directory, 'initdb.log');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordFile, `${credentials.password}\n`, { mode: 0o600, flag: 'wx' });
  const log = await open(logFile, 'wx+', 0o600);
  // Last of all, so that root writes nothing into a directory that another user could have prepared.
  if (user?.change) for (const path of [passwordFile, cluster, ...(handOver ? [directory] : [])]) await chown(path, user.uid, user.gid);
  try {
    const initdb = superviseProcess({
      command: [
        binaries.initdb,
        ...['-D', cluster, '-U', credentials.user, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync', '--no-instructions'],
        ...localeArguments,
      ],
      user,
      environment: programEnvironment(),
      log: log.fd,
      stopSignal: 'TERM',
      remove: { path: directory, when: 'failed' },
    });
    while (!(await initdb.waitForExit(Math.min(100, deadline.remaining())))) {
      try {
        deadline.check();
      } catch (error) {
        initdb.requestStop();
        await initdb.waitForExit(5_000);
        throw error;
      }
    }
    if (initdb.status() !== 0) throw await failure(log, initdb, user);
  } finally {
    await log.close();
  }
  for (const path of [passwordFile, logFile]) await rm(path, { force: true });
  return credentials;
}

async function failure(log: FileHandle, initdb: SupervisedProcess, user: RunUser | null): Promise<LocalAuroraError> {
  const cause = initdb.spawnFailure();
  if (cause) {
    const who = user?.change ? ` as the user with id ${user.uid}, since PostgreSQL refuses to run as root. A container may not allow that: run as an ordinary user there` : '';
    return new LocalAuroraError('user-unsuitable', `No process could be started${who}.`, { cause });
  }
  const output = await readLog(log);
  if (/could not look up effective user ID/.test(output)) {
    return new LocalAuroraError('user-unsuitable', `The user id ${user?.uid ?? ''} has no entry in /etc/passwd, which initdb needs. In a container, run as a user that has one, or as root.`);
  }
  const status = initdb.status();
  if (status === 126 || status === 127) {
    return new LocalAuroraError('platform-unsupported', `The PostgreSQL binaries do not run here: ${output || 'no reason given'}. On Linux they need glibc (Alpine has another library) and a file system that allows programs.`);
  }
  return new LocalAuroraError('initialization-failed', `initdb ended with status ${status ?? 'unknown'}: ${output || 'no output'}`);
}
