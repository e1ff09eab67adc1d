import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** Names one process for ever: a process id alone is given out again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the platform's own notation; only compared. */
  readonly started: string;
  /** Where the process id means something: a boot and a process namespace on Linux, else the host's name. */
  readonly scope: string;
}

/** The identity of a running process, or null when there is none with this id here. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  const started = process.platform === 'linux' ? await startTicks(pid) : await startDate(pid);
  return started === null ? null : { pid, started, scope: await currentScope() };
}

/** `gone` and `alive` are certain; `foreign` means that this process has no way to look. */
export async function probeProcess(identity: ProcessIdentity): Promise<'alive' | 'gone' | 'foreign'> {
  if (identity.scope !== (await currentScope())) return 'foreign';
  const now = await identifyProcess(identity.pid);
  return now !== null && now.started === identity.started ? 'alive' : 'gone';
}

async function currentScope(): Promise<string> {
  if (process.platform !== 'linux') return hostname();
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => hostname()),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return `${boot.trim()} ${namespace}`.trim();
}

async function startTicks(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The command's name may hold spaces and parentheses: fields are counted from the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : (fields[19] ?? null);
}

async function startDate(pid: number): Promise<string | null> {
  if (process.platform === 'win32') {
    try {
      process.kill(pid, 0);
      return 'unknown';
    } catch {
      return null;
    }
  }
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const result = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { timeout: 5_000, env: environment }).catch(() => null);
  return result?.stdout.trim() || null;
}
