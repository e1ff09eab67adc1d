import { spawn } from 'node:child_process';
import type { RunUser } from './run-user.js';

export interface SuperviseProcessOptions {
  /** Program and arguments; the program's path is absolute. */
  readonly command: readonly [string, ...string[]];
  readonly user: RunUser | null;
  readonly environment: Readonly<Record<string, string>>;
  /** File descriptor that takes what the program prints. */
  readonly log: number;
  /** initdb ends by TERM, a server fast by INT; QUIT gives up the last checkpoint, right only for data that is thrown away. */
  readonly stopSignal: 'TERM' | 'INT' | 'QUIT';
  /** A directory the supervisor removes when the program has been stopped, or has failed, even if this process was killed. */
  readonly remove?: { readonly path: string; readonly when: 'stopped' | 'failed' } | undefined;
  /** For the supervisor that has no shell to rely on: how the server is started and stopped on Windows. */
  readonly pgCtl?: { readonly program: string; readonly cluster: string } | undefined;
  /** @default 'node' on Windows, else 'shell' */
  readonly supervisor?: 'shell' | 'node' | undefined;
}

export interface SupervisedProcess {
  /** The program's exit status (128 + n after signal n), or null while it runs. */
  status(): number | null;
  /** Why the supervisor itself could not be started, or null. */
  spawnFailure(): Error | null;
  /** Settles when the program has ended. */
  readonly exited: Promise<void>;
  /** Asks the program to stop; does not wait. */
  requestStop(): void;
  /** @returns false when the program still runs after so many milliseconds. */
  waitForExit(milliseconds: number): Promise<boolean>;
}

// The pipe on standard input is the life line: the kernel closes it however the parent ends, SIGKILL included.
// The shell stays the program's parent, so the id it signals can't have been given to another process.
// A shell starts background programs with INT ignored, and PostgreSQL's own handlers come a moment later: the request to
// stop is repeated until the program has gone.
const shellScript = String.raw`
signal=$1; doomed=$2; when=$3; shift 3
stopped=
exec 3<&0 </dev/null
"$@" 3<&- &
program=$!
trap 'stopped=yes; kill -s "$signal" "$program" 2>/dev/null' TERM
trap 'kill -s QUIT "$program" 2>/dev/null' USR1
trap 'kill -s KILL "$program" 2>/dev/null' USR2
(
  while read -r line; do :; done <&3
  exec 3<&-
  tries=0
  while [ "$tries" -lt 100 ]; do
    kill -s TERM $$ || exit 0
    sleep 0.1 2>/dev/null || sleep 1
    tries=$((tries + 1))
  done
  kill -s USR1 $$
  sleep 5
  kill -s USR2 $$
) &
watcher=$!
exec 3<&-
wait "$program"; status=$?
interruptions=0
while [ "$interruptions" -lt 200 ] && kill -0 "$program" 2>/dev/null; do
  wait "$program"; status=$?
  interruptions=$((interruptions + 1))
done
kill -s TERM "$watcher" 2>/dev/null
case $when in
  stopped) [ -n "$stopped" ] || doomed= ;;
  failed) [ "$status" -ne 0 ] || doomed= ;;
esac
[ -z "$doomed" ] || rm -rf -- "$doomed"
exit "$status"
`;

// Windows: pg_ctl sheds administrator rights, which the server refuses to run with, and finds the server by its pid file.
const nodeScript = String.raw`
const { spawn, spawnSync } = require('node:child_process');
const [signal, doomed, when, pgCtl, cluster, ...command] = process.argv.slice(1);
let stopped = false;
const finish = (status) => {
  if (doomed && (when === 'stopped' ? stopped : status !== 0)) require('node:fs').rmSync(doomed, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(status);
};
const control = (...args) => spawnSync(pgCtl, [...args, '-D', cluster], { stdio: ['ignore', 1, 2], windowsHide: true }).status;
process.stdin.resume();
if (process.platform === 'win32' && pgCtl) {
  const options = command.slice(3).map((text) => '"' + text + '"').join(' ');
  if (control('start', '-W', '-o', options) !== 0) finish(1);
  const watch = setInterval(() => control('status') === 0 || finish(1), 2000);
  process.stdin.on('close', () => {
    stopped = true;
    clearInterval(watch);
    control('stop', '-m', signal === 'QUIT' ? 'immediate' : 'fast', '-w', '-t', '10');
    finish(0);
  });
} else {
  const program = spawn(command[0], command.slice(1), { stdio: ['ignore', 1, 2], windowsHide: true });
  program.on('error', () => finish(127));
  program.on('exit', (status) => finish(status ?? 129));
  process.stdin.on('close', () => {
    stopped = true;
    const stop = () => program.kill('SIG' + signal);
    stop();
    setInterval(stop, 100);
    setTimeout(() => program.kill('SIGQUIT'), 10000);
    setTimeout(() => program.kill('SIGKILL'), 15000);
  });
}
`;

/**
 * Runs a program under a small supervisor that stops it when this process ends, in whatever way. Neither keeps this
 * process alive, and no signal to this process's group (Ctrl-C) reaches them: only the end of the pipe does.
 */
export function superviseProcess(options: SuperviseProcessOptions): SupervisedProcess {
  const { command, user, environment, log, stopSignal, remove, pgCtl } = options;
  const removal = [remove?.path ?? '', remove?.when ?? 'stopped'];
  const shell = (options.supervisor ?? (process.platform === 'win32' ? 'node' : 'shell')) === 'shell';
  const [program, args]: [string, readonly string[]] = shell
    ? ['/bin/sh', ['-c', shellScript, 'local-postgres', stopSignal, ...removal, ...command]]
    : [process.execPath, ['-e', nodeScript, stopSignal, ...removal, pgCtl?.program ?? '', pgCtl?.cluster ?? '', ...command]];
  const start = () =>
    spawn(program, args, {
      cwd: '/',
      env: { ...environment },
      stdio: ['pipe', log, log],
      detached: true,
      windowsHide: true,
      // Ids of 2^31 and more are negative numbers here.
      ...(user?.change ? { uid: user.uid | 0, gid: user.gid | 0 } : {}),
    });
  let child: ReturnType<typeof start>;
  try {
    child = start();
  } catch (error) {
    // Some failures are thrown, such as a user that this process may not become; others come as an event.
    return notStarted(error instanceof Error ? error : new Error(String(error)));
  }

  let status: number | null = null;
  let spawnFailure: Error | null = null;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      status = code ?? 129;
      resolve();
    });
    child.once('error', (error) => {
      spawnFailure = error;
      status ??= notFound;
      resolve();
    });
  });
  child.unref();
  const pipe = child.stdin;
  // A program that ended first closes the pipe from its side; that shows in its status.
  pipe?.on('error', () => undefined);
  (pipe as { unref?: () => void } | null)?.unref?.();

  return {
    status: () => status,
    spawnFailure: () => spawnFailure,
    exited,
    requestStop: () => pipe?.destroy(),
    async waitForExit(milliseconds) {
      if (status !== null) return true;
      child.ref();
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
      await Promise.race([exited, timeout]);
      clearTimeout(timer);
      child.unref();
      return status !== null;
    },
  };
}

/** The shell's own status for a program that is not there. */
const notFound = 127;

function notStarted(failure: Error): SupervisedProcess {
  return { status: () => notFound, spawnFailure: () => failure, exited: Promise.resolve(), requestStop: () => undefined, waitForExit: async () => true };
}
