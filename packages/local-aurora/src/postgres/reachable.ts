import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunUser } from './run-user.js';

type Access = 'execute' | 'read-execute';

/** Whether the user may enter every directory above `path` and has the access asked for on `path` itself. */
export async function isReachable(path: string, user: RunUser, access: Access = 'read-execute'): Promise<boolean> {
  for (let current = path, first = true; ; first = false) {
    const needed = first && access === 'read-execute' ? 0o5 : 0o1;
    const status = await stat(current).catch(() => null);
    if (!status || !grants(status, user, needed)) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}

function grants(status: { readonly mode: number; readonly uid: number; readonly gid: number }, user: RunUser, needed: number): boolean {
  const bits = status.uid === user.uid ? status.mode >> 6 : status.gid === user.gid ? status.mode >> 3 : status.mode;
  return (bits & needed) === needed;
}
