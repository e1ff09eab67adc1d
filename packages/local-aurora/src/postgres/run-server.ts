import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { findFreePort } from './free-port.js';
import type { Credentials } from './initialize-cluster.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { programEnvironment } from './program-environment.js';
import { readLog } from './read-log.js';
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
  const { binaries, cluster, temporary, user, settings, deadline } = options;
  for (;;) {
    const port = options.port || (await findFreePort());
    const log = await openLog(options.directory);
    try {
      const server = superviseProcess({
        command: [binaries.postgres, ...serverArguments({ cluster, port, temporary, settings })],
        user,
        environment: programEnvironment(),
        log: log.fd,
        stopSignal: temporary ? 'QUIT' : 'INT',
        remove: temporary ? { path: options.directory, when: 'stopped' } : undefined,
        pgCtl: { program: binaries.pgCtl, cluster },
        supervisor: options.supervisor,
      });
      const pid = await waitUntilReady(server, options, port).catch(async (error: unknown) => {
        server.requestStop();
        await server.waitForExit(15_000);
        throw error;
      });
      if (pid !== null) return { process: server, port, pid };
      assertRetryable(await readLog(log), options.port, server);
    } finally {
      await log.close();
    }
    await deadline.sleep(100);
  }
}

async function openLog(directory: string): Promise<FileHandle> {
  const path = join(directory, 'server.log');
  // A temporary directory belongs to the server's user: what it may have put at this path is not followed.
  await rm(path, { force: true });
  return open(path, 'wx+', 0o600);
}

function assertRetryable(log: string, fixedPort: number | undefined, server: SupervisedProcess): void {
  const taken = /could not bind IPv4 address|could not create any TCP\/IP sockets/.test(log);
  if (taken && fixedPort) throw new LocalAuroraError('port-in-use', `Port ${fixedPort} of 127.0.0.1 is in use. Choose another, or leave it out for a free one.`);
  if (taken || /pre-existing shared memory block/.test(log)) return;
  const cause = server.spawnFailure();
  throw new LocalAuroraError('start-failed', `PostgreSQL ended with status ${server.status() ?? 'unknown'} while starting: ${log.slice(-2_000) || cause?.message || 'it printed nothing'}`, { cause });
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
