import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { findFreePort } from './free-port.js';
import type { Credentials } from './initialize-cluster.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { programEnvironment } from './program-environment.js';
import type { RunUser } from './run-user.js';
import { readPostmasterFile } from './server-process.js';
import { serverArguments } from './server-settings.js';
import { type SupervisedProcess, superviseProcess } from './supervise-process.js';

export interface RunServerOptions {
  readonly binaries: PostgresBinaries;
  readonly cluster: string;
  readonly credentials: Credentials;
  /** Where the server's log is written, anew at each start. */
  readonly directory: string;
  /** Throw the directory away when the server ends. */
  readonly temporary: boolean;
  readonly user: RunUser | null;
  readonly port: number | undefined;
  readonly settings: Readonly<Record<string, string>> | undefined;
  readonly supervisor?: 'shell' | 'node' | undefined;
  readonly deadline: Deadline;
}

export interface RunningServer {
  readonly process: SupervisedProcess;
  readonly port: number;
  readonly pid: number;
}

/**
 * Starts the server and returns once a client could log in. A free port that was taken in between, or memory that a
 * killed server's processes still hold, is tried again until the deadline.
 *
 * @throws {LocalAuroraError} `port-in-use`, `start-failed` with the end of the log, `deadline-exceeded`, `aborted`
 */
export async function runServer(options: RunServerOptions): Promise<RunningServer> {
  const { deadline } = options;
  const logFile = join(options.directory, 'server.log');
  for (;;) {
    const port = options.port || (await findFreePort());
    const server = await spawnServer(options, port, logFile);
    try {
      const pid = await waitUntilReady(server, options, port);
      if (pid !== null) return { process: server, port, pid };
    } catch (error) {
      server.requestStop();
      await server.waitForExit(15_000);
      throw error;
    }
    const log = (await readFile(logFile, 'utf8').catch(() => '')).trim();
    const taken = /could not bind IPv4 address|could not create any TCP\/IP sockets/.test(log);
    if (taken && options.port) throw new LocalAuroraError('port-in-use', `Port ${options.port} of 127.0.0.1 is in use. Choose another, or leave it out for a free one.`);
    if (!taken && !/pre-existing shared memory block/.test(log)) {
      throw new LocalAuroraError('start-failed', `PostgreSQL ended with status ${server.status() ?? 'unknown'} while starting: ${log.slice(-2_000) || 'it printed nothing'}`);
    }
    await deadline.sleep(100);
  }
}

async function spawnServer(options: RunServerOptions, port: number, logFile: string): Promise<SupervisedProcess> {
  const { binaries, cluster, temporary, user, settings } = options;
  // A temporary directory belongs to the server's user: what it may have put at this path is not followed.
  await rm(logFile, { force: true });
  const log = await open(logFile, 'wx', 0o600);
  try {
    return superviseProcess({
      command: [binaries.postgres, ...serverArguments({ cluster, port, temporary, settings })],
      user,
      environment: programEnvironment(),
      log: log.fd,
      stopSignal: temporary ? 'QUIT' : 'INT',
      remove: temporary ? { path: options.directory, when: 'always' } : undefined,
      pgCtl: { program: binaries.pgCtl, cluster },
      supervisor: options.supervisor,
    });
  } finally {
    await log.close();
  }
}

/** @returns the postmaster's process id, or null when the server ended before it was ready. */
async function waitUntilReady(server: SupervisedProcess, { cluster, credentials, deadline }: RunServerOptions, port: number): Promise<number | null> {
  for (;;) {
    if (server.status() !== null) return null;
    const file = await readPostmasterFile(cluster);
    if (file?.ready && file.port === port) {
      await logIn(credentials, port, cluster, deadline);
      return file.pid;
    }
    await deadline.sleep(5);
  }
}

/** SCRAM proves both sides: no other program on this port could answer for our random password. */
async function logIn(credentials: Credentials, port: number, cluster: string, deadline: Deadline): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, database: 'postgres', ...credentials, connectionTimeoutMillis: Math.max(1, deadline.remaining()) });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new LocalAuroraError('start-failed', `PostgreSQL in ${cluster} runs, but refused its own administrator.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
