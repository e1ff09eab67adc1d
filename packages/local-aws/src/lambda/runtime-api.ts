import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An invocation that waits for its function, or for the function's answer. */
interface Invocation {
  readonly id: string;
  readonly payload: string;
  readonly clientContext: string | undefined;
  readonly deadline: number;
  readonly settle: (outcome: InvocationOutcome) => void;
}

/** What a function made of an event: the JSON it answered with, or the error it reported. */
export type InvocationOutcome = { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** The HTTP interface that a Lambda runtime polls for events. */
export interface RuntimeApi {
  /** Host and port, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Settles when the runtime first asks for an event: its start is over. */
  readonly ready: Promise<void>;
  invoke(event: unknown, options: { readonly clientContext?: unknown; readonly timeoutMs: number }): Promise<InvocationOutcome>;
  /** Fails everything that waits. */
  fail(reason: string): void;
  stop(): Promise<void>;
}

const root = '/2018-06-01/runtime';

/**
 * Serves the Lambda runtime interface (version 2018-06-01) on 127.0.0.1 for one runtime.
 * @param isTraced whether X-Ray samples the invocations
 */
export async function startRuntimeApi(functionArn: string, isTraced: boolean): Promise<RuntimeApi> {
  const queue: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let polling: ServerResponse | undefined;
  let onReady: () => void;
  const ready = new Promise<void>((resolve) => (onReady = resolve));

  const hand = () => {
    if (polling === undefined) return;
    const next = queue.shift();
    if (next === undefined) return;
    running.set(next.id, next);
    polling.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(next.deadline),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${isTraced ? 1 : 0}`,
      ...(next.clientContext === undefined ? {} : { 'lambda-runtime-client-context': next.clientContext }),
    });
    polling.end(next.payload);
    polling = undefined;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').slice(root.length);
    if (request.method === 'GET' && path === '/invocation/next') {
      onReady();
      polling = response;
      return hand();
    }
    const body = await text(request);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const [, id = '', what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const invocation = running.get(id);
    running.delete(id);
    if (what === 'response') invocation?.settle({ ok: true, payload: parse(body) });
    else if (what === 'error') invocation?.settle(errorOf(body));
    else if (path === '/init/error') failAll(errorOf(body));
  };
  const failAll = (outcome: InvocationOutcome) => {
    for (const invocation of [...queue.splice(0), ...running.values()]) invocation.settle(outcome);
    running.clear();
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    invoke: (event, { clientContext, timeoutMs }) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle({ ok: false, errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${timeoutMs} ms` }), timeoutMs);
        const settle = (outcome: InvocationOutcome) => {
          clearTimeout(timer);
          resolve(outcome);
        };
        queue.push({ id: randomUUID(), payload: JSON.stringify(event), clientContext: clientContext === undefined ? undefined : JSON.stringify(clientContext), deadline: Date.now() + timeoutMs, settle });
        hand();
      }),
    fail: (reason) => failAll({ ok: false, errorType: 'Runtime.ExitError', errorMessage: reason }),
    async stop() {
      failAll({ ok: false, errorType: 'Sandbox.Stopped', errorMessage: 'The runtime was stopped.' });
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function errorOf(body: string): InvocationOutcome {
  const { errorType, errorMessage } = (parse(body) ?? {}) as { errorType?: unknown; errorMessage?: unknown };
  return { ok: false, errorType: typeof errorType === 'string' ? errorType : 'Unknown', errorMessage: typeof errorMessage === 'string' ? errorMessage : '' };
}
