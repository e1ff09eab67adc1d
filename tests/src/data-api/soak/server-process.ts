import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the server holds, measured after garbage collection. */
export interface ServerSample {
  readonly heapMiB: number;
  readonly rssMiB: number;
  readonly openTransactions: number;
  readonly openSessions: number;
  readonly idleSessions: number;
  readonly waitingCalls: number;
  /** Calls by operation, since the start. */
  readonly calls: Readonly<Record<string, number>>;
  /** Faults by kind, since the start. */
  readonly faults: Readonly<Record<string, number>>;
}

export interface ServerReady {
  readonly endpoint: string;
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly connectionString: string;
}

export type ServerCommand = 'inject-faults' | 'resume' | 'clear-faults' | 'sample' | 'stop-data-api' | 'stop';

/** The Data API and its PostgreSQL in a process of their own, so that their memory is theirs alone. */
export interface ServerProcess extends ServerReady {
  ask<Answer>(command: ServerCommand): Promise<Answer>;
  stop(): Promise<void>;
}

const answerWithinMs = 60_000;

/** @param faultFactor how many times as likely as in the mix each fault is */
export async function startServerProcess(faultFactor: number): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('./server-main.ts', import.meta.url)), [String(faultFactor)], {
    execArgv: ['--conditions=@ask-aurora/source', '--import', 'tsx', '--expose-gc', '--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = await answer<ServerReady>(child);
  let queue: Promise<unknown> = Promise.resolve();
  const ask = <Answer>(command: ServerCommand): Promise<Answer> => {
    const asked = queue.then(() => {
      const answered = answer<Answer>(child);
      child.send(command);
      return answered;
    });
    queue = asked.catch(() => undefined);
    return asked;
  };
  return {
    ...ready,
    ask,
    async stop() {
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      await ask('stop');
      await exited;
    },
  };
}

function answer<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server process did not answer within ${answerWithinMs} ms.`)), answerWithinMs);
    const onExit = (code: number | null) => reject(new Error(`The server process ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(message as Answer);
    });
  });
}
