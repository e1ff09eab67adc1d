import { join, resolve } from 'node:path';
import { type LocalDataApi, startLocalDataApi } from '../data-api/index.js';
import { type Deadline, createDeadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { findCacheDirectory } from '../postgres/cache-directory.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';
import { type PostgresVersion, defaultPostgresVersion } from '../postgres/postgres-version.js';
import { type LocalPostgresProgress, startLocalPostgres } from '../postgres/start-local-postgres.js';
import { assertCalendarDate } from '../samples/calendar-date.js';
import { sampleAnchor, sampleContentVersion } from '../samples/sample-anchor.js';
import { type SampleName, sampleNames } from '../samples/sample-name.js';
import { type LocalAurora, adminSecretArn, localEnvironment, readOnlySecretArn } from './local-aurora.js';
import { prepareDatabases } from './prepare-databases.js';
import { findSharedStack, shareStack } from './shared-stack.js';

export interface StartLocalAuroraOptions {
  /** @default a directory of the user's cache, one for each PostgreSQL major, sample content and anchor */
  readonly dataDirectory?: string;
  /** Keeps nothing: a temporary cluster, removed by `stop()` or when this process ends. @default false */
  readonly ephemeral?: boolean;
  /** @default all of them */
  readonly samples?: readonly SampleName[];
  /** @default 17 */
  readonly version?: PostgresVersion;
  /** The samples' "today", an ISO date. @default sampleAnchor */
  readonly anchor?: string;
  /** @default a free port */
  readonly dataApiPort?: number;
  /** Lets other processes of this user attach to this stack, which they lose when it stops: for one that stays up. @default false */
  readonly share?: boolean;
  readonly onProgress?: (event: LocalAuroraProgress) => void;
  /** Gives up starting. A stack that has started is stopped by `stop()` only. */
  readonly signal?: AbortSignal;
  /** Milliseconds for everything, waiting for another owner of the data directory included. @default 60000 */
  readonly deadlineMs?: number;
}

export interface LocalAuroraProgress {
  readonly phase: LocalPostgresProgress['phase'] | 'attach' | 'roles' | 'seed' | 'data-api';
  readonly message: string;
}

/**
 * Starts PostgreSQL with the samples and the RDS Data API in front of it. Rows are made on first use and kept. When
 * another process shares a stack on the same data directory, this one attaches to it; when another merely uses the
 * directory, this one waits for it to end. Never do two servers run on one directory.
 *
 * @example
 * const aurora = await startLocalAurora();
 * const client = new RDSDataClient({ endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
 * await client.send(new ExecuteStatementCommand({ resourceArn: aurora.resourceArn, secretArn: aurora.readOnlySecretArn, database: 'university', sql: 'SELECT count(*) FROM academics.students' }));
 * await aurora.stop();
 *
 * @throws {LocalAuroraError} with one of the codes of the package
 */
export async function startLocalAurora(options: StartLocalAuroraOptions = {}): Promise<LocalAurora> {
  const { version = defaultPostgresVersion, ephemeral = false, samples = sampleNames, signal } = options;
  const anchor = assertCalendarDate(options.anchor ?? sampleAnchor);
  const unknown = samples.filter((sample) => !sampleNames.includes(sample));
  if (unknown.length > 0 || samples.length === 0) throw new LocalAuroraError('invalid-option', `Choose samples from ${sampleNames.join(', ')}, not ${JSON.stringify(unknown)}.`);
  if (ephemeral && (options.dataDirectory !== undefined || options.share)) throw new LocalAuroraError('invalid-option', 'A stack that keeps nothing has no data directory, and is not shared.');
  const deadline = createDeadline({ milliseconds: options.deadlineMs ?? 60_000, signal, purpose: 'starting the local cluster' });
  const report = (phase: LocalAuroraProgress['phase'], message: string) => options.onProgress?.({ phase, message });

  const directory = ephemeral ? null : resolve(options.dataDirectory ?? (await defaultDirectory(version, anchor)));
  const stops: (() => Promise<void>)[] = [];
  try {
    const found = await findOrStart({ directory, version, samples, anchor, deadline, signal, onProgress: ({ phase, message }) => report(phase, message) });
    if ('attached' in found) {
      report('attach', `Using the local cluster of another process at ${found.dataApi.endpoint}`);
      return found;
    }
    const postgres = found;
    stops.push(() => postgres.stop());
    const roles = await prepareDatabases({ postgres, samples, anchor, directory, deadline, onStep: report });
    deadline.check();
    report('data-api', 'Starting the RDS Data API');
    const dataApi = await startLocalDataApi({
      postgres,
      secrets: [
        { arn: adminSecretArn, ...roles.admin },
        { arn: readOnlySecretArn, ...roles.reader },
      ],
      ...(options.dataApiPort === undefined ? {} : { port: options.dataApiPort }),
    });
    stops.push(() => dataApi.stop());
    const aurora = describe(postgres, dataApi, samples, anchor, () => stopAll(stops));
    if (options.share && directory !== null) stops.push(await shareStack(directory, aurora));
    deadline.check();
    return aurora;
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function defaultDirectory(version: PostgresVersion, anchor: string): Promise<string> {
  return join(await findCacheDirectory(), 'local-aurora', `postgresql-${version}-samples-${sampleContentVersion}-${anchor}`);
}

interface FindOrStartOptions {
  readonly directory: string | null;
  readonly version: PostgresVersion;
  readonly samples: readonly SampleName[];
  readonly anchor: string;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (event: LocalPostgresProgress) => void;
}

// Long enough that waiting costs nothing, short enough that an owner who begins to share is soon noticed.
const lookAgainEvery = 250;

async function findOrStart({ directory, deadline, signal, onProgress, ...options }: FindOrStartOptions): Promise<LocalPostgres | LocalAurora> {
  let inUse: LocalAuroraError | undefined;
  for (;;) {
    const shared = directory === null ? null : await findSharedStack({ directory, deadline, ...options });
    if (shared) return shared;
    const again = inUse !== undefined;
    try {
      return await startLocalPostgres({
        version: options.version,
        // Said once: the wait takes a turn every quarter of a second.
        onProgress: (event) => (again && (event.phase === 'binaries' || event.phase === 'lock') ? undefined : onProgress(event)),
        deadlineMs: Math.max(1, Math.ceil(deadline.remaining())),
        ...(directory === null ? {} : { dataDirectory: directory, waitForOwnerMs: lookAgainEvery }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (!LocalAuroraError.isInstance(error)) throw error;
      // Who holds the directory says more than that time is over.
      if (error.code === 'deadline-exceeded') throw inUse ?? error;
      if (error.code !== 'data-directory-in-use' || deadline.remaining() < lookAgainEvery) throw error;
      inUse = error;
    }
  }
}

function describe(postgres: LocalPostgres, dataApi: LocalDataApi, databases: readonly string[], anchor: string, stop: () => Promise<void>): LocalAurora {
  let stopping: Promise<void> | undefined;
  return {
    postgres,
    dataApi,
    resourceArn: dataApi.resourceArn,
    adminSecretArn,
    readOnlySecretArn,
    databases: [...databases],
    anchor,
    attached: false,
    environment: localEnvironment(dataApi.endpoint, dataApi.resourceArn, databases[0]),
    stop: () => (stopping ??= stop()),
  };
}

/** Stops in the opposite order of starting, all of it even if a part fails. */
async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of [...stops].reverse()) await stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
