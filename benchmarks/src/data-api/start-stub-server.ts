import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface StubServer {
  readonly endpoint: string;
  stop(): void;
}

export async function startStubServer(): Promise<StubServer> {
  const child = fork(fileURLToPath(new URL('./stub-server.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(child, 'message', { signal: AbortSignal.timeout(20_000) })) as [number];
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => child.disconnect() };
}
