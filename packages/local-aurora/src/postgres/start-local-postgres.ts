import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createDeadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { openDataDirectory, prepareCluster, prepareTemporaryCluster } from './data-directory.js';
import { lockDirectory } from './directory-lock.js';
import { describeServer } from './describe-server.js';
import type { LocalPostgres } from './local-postgres.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { type PostgresVersion, defaultPostgresVersion, postgresVersions } from './postgres-version.js';
import { findRunUser } from './run-user.js';
import { runServer } from './run-server.js';
import { isAlive, stopLeftOverServer } from './server-process.js';
import { checkSettings } from './server-settings.js';

export interface StartLocalPostgresOptions {
  /** @default 17 */
  readonly version?: PostgresVersion;
  /** Kept between starts. @default a temporary directory, removed when the server stops */
  readonly dataDirectory?: string;
  /** @default a free port */
  readonly port?: number;
  /** Entries of postgresql.conf for this start, such as `{ autovacuum: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onProgress?: (event: LocalPostgresProgress) => void;
  /** Gives up starting. A server that has started is stopped by `stop()` only. */
  readonly signal?: AbortSignal;
  /** Milliseconds for everything, waiting for another owner of the data directory included. @default 60000 */
  readonly deadlineMs?: number;
  /** Milliseconds to wait for another owner of the data directory. @default as long as the deadline allows */
  readonly waitForOwnerMs?: number;
  /** What stops the server when this process ends. @default 'node' on Windows, else 'shell' */
  readonly supervisor?: 'shell' | 'node';
}

export interface LocalPostgresProgress {
  readonly phase: 'binaries' | 'lock' | 'initialize' | 'start' | 'ready';
  readonly message: string;
}

const stopWithin = 20_000;
// The supervisor ends once a temporary directory is removed, too: some ten thousand files of a large schema outlast the server by far.
const removeWithin = 100_000;

/**
 * Starts a real PostgreSQL on 127.0.0.1. It ends with this process, however that ends, and does not keep it alive.
 * A data directory serves one owner at a time; one whose owner crashed is recovered.
 *
 * @example
 * const postgres = await startLocalPostgres({ version: 17 });
 * try {
 *   await postgres.createDatabase('shop');
 *   console.log(postgres.connectionString({ database: 'shop' }));
 * } finally {
 *   await postgres.stop();
 * }
 *
 * @throws {LocalAuroraError} with one of the codes of the package
 */
export async function startLocalPostgres(options: StartLocalPostgresOptions = {}): Promise<LocalPostgres> {
  const version = options.version ?? defaultPostgresVersion;
  if (!postgresVersions.includes(version)) throw new LocalAuroraError('invalid-option', `No PostgreSQL ${String(version)} here; there are ${postgresVersions.join(', ')}.`);
  if (options.port !== undefined && !(Number.isInteger(options.port) && options.port >= 0 && options.port < 65_536)) {
    throw new LocalAuroraError('invalid-option', `Not a port: ${String(options.port)}.`);
  }
  checkSettings(options.settings ?? {});
  const report = (phase: LocalPostgresProgress['phase'], message: string) => options.onProgress?.({ phase, message });
  const deadline = createDeadline({ milliseconds: options.deadlineMs ?? 60_000, signal: options.signal, purpose: `starting PostgreSQL ${version}` });
  deadline.check();

  report('binaries', `Looking for PostgreSQL ${version}`);
  const user = await findRunUser();
  const binaries = await findPostgresBinaries(version, user);
  const shared = { version, binaries, user, deadline, onInitialize: () => report('initialize', 'Making a database cluster') };
  const cleanUp: (() => Promise<void>)[] = [];
  try {
    const { directory, cluster, credentials } = await (async () => {
      if (options.dataDirectory === undefined) {
        const prepared = await prepareTemporaryCluster(shared);
        cleanUp.push(() => rm(prepared.directory, { recursive: true, force: true }));
        return prepared;
      }
      const directory = resolve(options.dataDirectory);
      await openDataDirectory(directory, user);
      report('lock', `Taking the data directory ${directory}`);
      const patience = Math.min(options.waitForOwnerMs ?? Infinity, deadline.remaining());
      const lock = await lockDirectory(directory, createDeadline({ milliseconds: Math.ceil(patience), signal: options.signal, purpose: `waiting for the data directory ${directory}` }));
      cleanUp.push(() => lock.release());
      const prepared = await prepareCluster(directory, shared);
      await stopLeftOverServer(prepared.cluster, deadline);
      return { directory, ...prepared };
    })();
    deadline.check();
    report('start', `Starting PostgreSQL ${version}`);
    const server = await runServer({
      ...shared,
      directory,
      cluster,
      credentials,
      temporary: options.dataDirectory === undefined,
      port: options.port,
      settings: options.settings,
      supervisor: options.supervisor,
    });
    // The supervisor clears up after a server it stopped; one that crashed is left to its owner.
    if (options.dataDirectory === undefined) void server.process.exited.then(() => rm(directory, { recursive: true, force: true }).catch(() => undefined));
    report('ready', `PostgreSQL ${version} listens on 127.0.0.1:${server.port}`);
    const stop = async () => {
      server.process.requestStop();
      if (!(await server.process.waitForExit(stopWithin)) && (isAlive(server.pid) || !(await server.process.waitForExit(removeWithin)))) {
        throw new LocalAuroraError('stop-failed', `PostgreSQL (process ${server.pid}) still runs ${stopWithin} ms after it was asked to stop.`);
      }
      for (const undo of [...cleanUp].reverse()) await undo();
    };
    return describeServer({ version, dataDirectory: directory, credentials, port: server.port, pid: server.pid, stop });
  } catch (error) {
    for (const undo of cleanUp.reverse()) await undo();
    throw error;
  }
}
