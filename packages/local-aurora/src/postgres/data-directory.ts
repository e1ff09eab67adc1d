import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { type Credentials, initializeCluster } from './initialize-cluster.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { PostgresVersion } from './postgres-version.js';
import { isReachable } from './reachable.js';
import type { RunUser } from './run-user.js';

export interface PreparedCluster {
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly credentials: Credentials;
}

export interface PrepareOptions {
  readonly version: PostgresVersion;
  readonly binaries: PostgresBinaries;
  readonly user: RunUser | null;
  readonly deadline: Deadline;
  readonly onInitialize: () => void;
}

const instanceSchema = z.object({ format: z.literal(1), version: z.number(), user: z.string(), password: z.string() });

/**
 * Makes the directory itself, with a mode that lets the server's user through and nobody else list it.
 *
 * @throws {LocalAuroraError} `data-directory-unreachable`
 */
export async function openDataDirectory(directory: string, user: RunUser | null): Promise<void> {
  await mkdir(directory, { recursive: true, mode: user?.change ? 0o711 : 0o700 });
  if (user?.change && !(await isReachable(directory, user, 'execute'))) {
    throw new LocalAuroraError(
      'data-directory-unreachable',
      `PostgreSQL does not run as root, and the user it runs as (id ${user.uid}) can't reach ${directory}. Choose a directory outside root's home, such as one below /var/cache.`,
    );
  }
}

/**
 * Finds the cluster of a data directory, or makes it. A new cluster is built aside and renamed into place complete with
 * its credentials, so one that exists is whole; what a crash left half-made is removed. The caller holds the lock.
 *
 * @throws {LocalAuroraError} `data-directory-mismatch` when it holds another major; see initializeCluster
 */
export async function prepareCluster(directory: string, options: PrepareOptions): Promise<PreparedCluster> {
  const instance = join(directory, 'instance');
  for (const name of await readdir(directory)) {
    // The initdb of a killed owner may be ending this moment; what resists now goes at the next start.
    if (name.startsWith('.partial-')) await rm(join(directory, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }).catch(() => undefined);
  }
  const text = await readFile(join(instance, 'instance.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return { cluster: join(instance, 'cluster'), credentials: readInstance(text, directory, options.version) };

  // Without its marker the directory is not one that was finished here.
  await rm(instance, { recursive: true, force: true });
  options.onInitialize();
  const partial = await mkdtemp(join(directory, '.partial-'));
  if (options.user?.change) await chmod(partial, 0o711);
  try {
    const credentials = await initializeCluster({ ...options, directory: partial });
    await writeFile(join(partial, 'instance.json'), JSON.stringify({ format: 1, version: options.version, ...credentials }), { mode: 0o600 });
    await rename(partial, instance);
    return { cluster: join(instance, 'cluster'), credentials };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

function readInstance(text: string, directory: string, version: PostgresVersion): Credentials {
  const advice = `Remove ${directory} to start anew, or use another data directory.`;
  let found: z.infer<typeof instanceSchema>;
  try {
    found = instanceSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new LocalAuroraError('data-directory-mismatch', `The instance.json of ${directory} was not written by this version of the package. ${advice}`, { cause });
  }
  if (found.version !== version) throw new LocalAuroraError('data-directory-mismatch', `${directory} holds a PostgreSQL ${found.version} cluster, not ${version}. ${advice}`);
  return { user: found.user, password: found.password };
}

/**
 * The credentials of a cluster that another process of this user runs.
 *
 * @throws {LocalAuroraError} `data-directory-mismatch`
 */
export async function readCredentials(directory: string, version: PostgresVersion): Promise<Credentials> {
  return readInstance(await readFile(join(directory, 'instance', 'instance.json'), 'utf8'), directory, version);
}

/** A directory that lives as long as the server; the supervisor, running as the server's user, can remove it. */
export async function prepareTemporaryCluster(options: PrepareOptions): Promise<PreparedCluster & { readonly directory: string }> {
  const directory = await makeTemporaryDirectory(options.user);
  try {
    options.onInitialize();
    const credentials = await initializeCluster({ ...options, directory, handOver: true });
    return { directory, cluster: join(directory, 'cluster'), credentials };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function makeTemporaryDirectory(user: RunUser | null): Promise<string> {
  for (const base of [tmpdir(), '/tmp', '/var/tmp']) {
    if (user?.change && !(await isReachable(base, user, 'execute'))) continue;
    const directory = await mkdtemp(join(base, 'ask-aurora-'));
    if (user?.change) await chmod(directory, 0o711);
    return directory;
  }
  throw new LocalAuroraError('data-directory-unreachable', 'No temporary directory is reachable for the user PostgreSQL runs as. Set TMPDIR.');
}
