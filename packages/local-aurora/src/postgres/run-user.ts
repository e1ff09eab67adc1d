import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { LocalAuroraError } from '../local-aurora-error.js';

/** Whom the server runs as. */
export interface RunUser {
  readonly uid: number;
  readonly gid: number;
  /** True when this process is root and the server must change to the user. */
  readonly change: boolean;
}

// `nobody` first: it owns nothing. A `postgres` user may own a system cluster that is none of our business.
const candidates = ['nobody', 'daemon', 'bin', 'postgres'];

/**
 * Finds the user PostgreSQL runs as. It refuses to run as root, so root picks an existing unprivileged user; initdb
 * looks its user up by id, so one without a passwd entry can't be made up.
 *
 * @returns null on Windows, where there are no user ids.
 * @throws {LocalAuroraError} `user-unsuitable`
 */
export async function findRunUser(passwdFile = '/etc/passwd'): Promise<RunUser | null> {
  if (!process.getuid || !process.getgid) return null;
  const uid = process.getuid();
  if (uid !== 0) return { uid, gid: process.getgid(), change: false };

  const entries = parsePasswd(await readFile(passwdFile, 'utf8').catch(() => ''));
  for (const name of candidates) {
    const entry = entries.get(name) ?? (await askId(name));
    if (entry && entry.uid !== 0) return { ...entry, change: true };
  }
  throw new LocalAuroraError(
    'user-unsuitable',
    `PostgreSQL refuses to run as root and none of the users ${candidates.join(', ')} exists here. Run as an ordinary user, or add a user named nobody.`,
  );
}

/** The `name -> ids` of a passwd file, negative ids as the kernel counts them; lines that are not entries are skipped. */
export function parsePasswd(text: string): ReadonlyMap<string, { readonly uid: number; readonly gid: number }> {
  const entries = new Map<string, { uid: number; gid: number }>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && /^-?\d+$/.test(uid) && /^-?\d+$/.test(gid)) entries.set(name, { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 });
  }
  return entries;
}

async function askId(name: string): Promise<{ uid: number; gid: number } | null> {
  const run = promisify(execFile);
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name], { timeout: 5_000 })).stdout)));
    return uid !== undefined && gid !== undefined && Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid >>> 0, gid: gid >>> 0 } : null;
  } catch {
    return null;
  }
}
