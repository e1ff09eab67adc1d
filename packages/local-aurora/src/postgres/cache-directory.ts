import { lstat, mkdir } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { LocalAuroraError } from '../local-aurora-error.js';
import { isReachable } from './reachable.js';
import { findRunUser, type RunUser } from './run-user.js';

const name = 'ask-aurora';

/**
 * The directory this package keeps its data in, made when absent: `$XDG_CACHE_HOME/ask-aurora`, else `~/.cache`,
 * `~/Library/Caches` (macOS) or `%LOCALAPPDATA%` (Windows). For root it is one that an unprivileged user can reach,
 * `/var/cache/ask-aurora` in doubt; without a home directory it lies in the temporary directory, for this user only.
 *
 * @throws {LocalAuroraError} `cache-directory-unsafe` when no candidate can be made, or someone else could write to it.
 */
export async function findCacheDirectory(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const user = await findRunUser();
  const failures: unknown[] = [];
  for (const candidate of candidates(environment, user)) {
    try {
      await mkdir(candidate, { recursive: true, mode: user?.change ? 0o755 : 0o700 });
      if (user?.change && !(await isReachable(candidate, user, 'execute'))) continue;
      await assertOwn(candidate);
      return candidate;
    } catch (error) {
      if (LocalAuroraError.isInstance(error)) throw error;
      failures.push(error);
    }
  }
  throw new LocalAuroraError('cache-directory-unsafe', 'No cache directory could be made. Set XDG_CACHE_HOME to a directory you own.', {
    cause: new AggregateError(failures),
  });
}

function candidates(environment: NodeJS.ProcessEnv, user: RunUser | null): readonly string[] {
  const found: string[] = [];
  const add = (base: string | undefined, ...rest: string[]) => {
    if (base && isAbsolute(base)) found.push(join(base, ...rest, name));
  };
  if (process.platform === 'win32') add(environment['LOCALAPPDATA']);
  add(environment['XDG_CACHE_HOME']);
  if (user?.change) {
    add('/var/cache');
    add('/var/lib');
  } else {
    const home = isAbsolute(homedir()) ? homedir() : accountHome();
    if (process.platform === 'darwin') add(home, 'Library', 'Caches');
    else if (process.platform === 'win32') add(home, 'AppData', 'Local');
    else add(home, '.cache');
  }
  found.push(join(tmpdir(), `${name}-${process.getuid?.() ?? 'user'}`));
  return found;
}

function accountHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}

/** Programs are run and passwords read from here, so nobody else may have made or be able to change it. */
async function assertOwn(directory: string): Promise<void> {
  if (!process.getuid) return;
  const status = await lstat(directory);
  if (status.isDirectory() && status.uid === process.getuid() && (status.mode & 0o022) === 0) return;
  throw new LocalAuroraError(
    'cache-directory-unsafe',
    `${directory} is not a directory that only you can write to. Remove it or correct its owner and mode, or set XDG_CACHE_HOME.`,
  );
}
