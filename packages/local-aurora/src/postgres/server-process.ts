import { execFile } from 'node:child_process';
import { readFile, readdir, readlink, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';

/** What a running server wrote into its cluster's postmaster.pid. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** @returns null when the file is absent or not complete yet. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) ? { pid, port, ready: lines[7] === 'ready' } : null;
}

/**
 * Stops a server that a crashed owner left behind, and clears away a pid file that would keep a new one from starting.
 * Only a process shown to be the PostgreSQL of this cluster is ever signalled: a process id alone may be anyone's by now.
 * The caller must hold the directory's lock.
 *
 * @throws {LocalAuroraError} `stop-failed` when the left-over server does not go before the deadline
 */
export async function stopLeftOverServer(cluster: string, deadline: Deadline): Promise<void> {
  if (process.platform === 'win32') return;
  const found = await findServers(cluster);
  // A supervisor that outlived its parent is probably stopping the server this moment: signals come after a short wait.
  await until(async () => (await findServers(cluster)).length === 0, found.length > 0 ? 500 : 0, deadline);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const servers = await findServers(cluster);
    if (servers.length === 0) break;
    for (const pid of servers) signalServer(pid, signal);
    await until(async () => (await findServers(cluster)).length === 0, 5_000, deadline);
  }
  const left = await findServers(cluster);
  if (left.length > 0) throw new LocalAuroraError('stop-failed', `The PostgreSQL process ${left.join(', ')} of ${cluster} was left behind and does not stop. End it, then try again.`);

  // No process of this cluster lives, so the file is stale; PostgreSQL would refuse to start if its id was given out again.
  const file = await readPostmasterFile(cluster);
  if (file && isAlive(file.pid)) await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function until(condition: () => Promise<boolean>, milliseconds: number, deadline: Deadline): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end && !(await condition())) await deadline.sleep(20);
}

function signalServer(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw new LocalAuroraError('stop-failed', `No permission to stop the left-over PostgreSQL process ${pid}.`, { cause });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Process ids of every PostgreSQL process, postmaster or backend, that works in this cluster. */
export async function findServers(cluster: string): Promise<readonly number[]> {
  const directory = await realpath(cluster).catch(() => cluster);
  return process.platform === 'linux' ? findByWorkingDirectory(directory) : findByArguments(directory);
}

/** PostgreSQL changes to its cluster's directory; together with the program's name that is proof. */
async function findByWorkingDirectory(directory: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matches = await Promise.all(
    ids.map(async (id) => {
      const [current, program] = await Promise.all([readlink(`/proc/${id}/cwd`).catch(() => null), readlink(`/proc/${id}/exe`).catch(() => '')]);
      return current === directory && /^postgres( \(deleted\))?$/.test(basename(program));
    }),
  );
  return ids.filter((_, index) => matches[index]).map(Number);
}

async function findByArguments(directory: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command='], { timeout: 5_000, maxBuffer: 16 * 1024 * 1024 });
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2]?.includes('/bin/postgres ') && `${match[2]} `.includes(` -D ${directory} `))
    .map((match) => Number(match?.[1]));
}
