import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { identifyProcess, probeProcess } from './process-identity.js';

/** Held for as long as this process owns a data directory. */
export interface DirectoryLock {
  release(): Promise<void>;
}

const recordSchema = z.object({ id: z.string(), owner: z.object({ pid: z.number(), started: z.string(), scope: z.string() }), since: z.string() });
type LockRecord = z.infer<typeof recordSchema>;

const refreshEvery = 5_000;
// An owner in another container or on another machine can't be looked at; it counts as gone after six missed refreshes.
const foreignStaleAfter = 30_000;

/**
 * Takes the lock of a data directory, waiting for another owner until the deadline. An owner that crashed is found out
 * by its process id together with its start time, and replaced.
 *
 * This lock gives order and a clear message. What keeps data whole even without it: a cluster is built aside and renamed
 * into place, and PostgreSQL holds its own lock on the cluster.
 *
 * @throws {LocalAuroraError} `data-directory-in-use` at the deadline; `aborted`
 */
export async function lockDirectory(directory: string, deadline: Deadline): Promise<DirectoryLock> {
  const path = join(directory, 'lock');
  const owner = await identifyProcess(process.pid);
  if (!owner) throw new LocalAuroraError('platform-unsupported', 'This process can not find its own start time.');
  const mine: LockRecord = { id: randomUUID(), owner, since: new Date().toISOString() };

  for (let pause = 10; ; pause = Math.min(pause * 2, 250)) {
    if (await create(directory, path, mine)) return hold(path, mine);
    const current = await read(path);
    if (current.kind === 'absent') continue;
    if (await isStale(path, current)) {
      await remove(path, current);
      continue;
    }
    await deadline.sleep(pause).catch((error: unknown) => {
      if (!LocalAuroraError.isInstance(error) || error.code !== 'deadline-exceeded') throw error;
      const who = current.kind === 'record' ? `process ${current.record.owner.pid}, since ${current.record.since}` : 'another process';
      throw new LocalAuroraError('data-directory-in-use', `${directory} is in use by ${who}. Stop it, or use another data directory.`, { cause: error });
    });
  }
}

/** A hard link appears with its content or not at all, so nobody ever reads half a record. */
async function create(directory: string, path: string, record: LockRecord): Promise<boolean> {
  const draft = join(directory, `.lock-${record.id}`);
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

type Current = { readonly kind: 'absent' } | { readonly kind: 'record'; readonly record: LockRecord } | { readonly kind: 'unreadable'; readonly text: string };

async function read(path: string): Promise<Current> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { kind: 'absent' };
  try {
    return { kind: 'record', record: recordSchema.parse(JSON.parse(text)) };
  } catch {
    return { kind: 'unreadable', text };
  }
}

async function isStale(path: string, current: Current): Promise<boolean> {
  const state = current.kind === 'record' ? await probeProcess(current.record.owner) : 'foreign';
  if (state !== 'foreign') return state === 'gone';
  const modified = await stat(path).then((status) => status.mtimeMs, () => Date.now());
  return Date.now() - modified > foreignStaleAfter;
}

/** Two processes may judge the same lock stale: what was moved away is looked at again, and put back if it is another's. */
async function remove(path: string, stale: Current): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await read(aside);
  if (!sameLock(moved, stale)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function sameLock(a: Current, b: Current): boolean {
  if (a.kind === 'record' && b.kind === 'record') return a.record.id === b.record.id;
  return a.kind === 'unreadable' && b.kind === 'unreadable' && a.text === b.text;
}

function hold(path: string, mine: LockRecord): DirectoryLock {
  const timer = setInterval(() => {
    const now = new Date();
    // Losing one refresh is harmless; the directory may have been removed by hand.
    utimes(path, now, now).catch(() => undefined);
  }, refreshEvery);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      const current = await read(path);
      if (current.kind === 'record' && current.record.id === mine.id) await rm(path, { force: true });
    },
  };
}
