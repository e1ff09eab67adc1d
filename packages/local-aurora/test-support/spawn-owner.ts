import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { sourceProgram } from './source-program.js';
import type { StartLocalPostgresOptions } from '../src/postgres/start-local-postgres.js';

export interface Owner {
  readonly process: ChildProcess;
  /** What the child printed once its server was up, or its error. */
  readonly report: Promise<{ readonly pid?: number; readonly dataDirectory?: string; readonly url?: string; readonly code?: string; readonly message?: string }>;
  readonly exited: Promise<void>;
}

const start = new URL('../src/postgres/start-local-postgres.ts', import.meta.url).href;

const { command, args, environment } = sourceProgram(`
const { startLocalPostgres } = await import(${JSON.stringify(start)});
const { options, then } = JSON.parse(process.env.OWNER);
try {
  const server = await startLocalPostgres(options);
  process.stdout.write(JSON.stringify({ pid: server.pid, dataDirectory: server.dataDirectory, url: server.connectionString() }) + '\\n');
  if (then === 'hang') setInterval(() => undefined, 1000);
  if (then === 'stop') await server.stop();
} catch (error) {
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }) + '\\n');
}
`);

/** Another process that owns a server: `hang` keeps it, `return` leaves without stopping it, `stop` stops it. */
export function spawnOwner(
  options: Omit<StartLocalPostgresOptions, 'signal' | 'onProgress'>,
  then: 'hang' | 'return' | 'stop',
  child: { readonly uid?: number; readonly gid?: number; readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Owner {
  const owner = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(child.uid === undefined ? {} : { uid: child.uid, gid: child.gid ?? child.uid }),
    cwd: child.cwd ?? process.cwd(),
    env: { ...environment, ...child.env, OWNER: JSON.stringify({ options, then }) },
  });
  const exited = new Promise<void>((resolve) => owner.once('exit', () => resolve()));
  const report = new Promise<Awaited<Owner['report']>>((resolve, reject) => {
    createInterface({ input: owner.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    owner.once('exit', (code, signal) => reject(new Error(`The owner ended without a report: ${code ?? signal}`)));
  });
  report.catch(() => undefined);
  return { process: owner, report, exited };
}
