import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalAwsError } from '../local-aws-error.js';
import { matchPath, type Route, type ServiceResponse } from './route.js';
import { ServiceError } from './service-error.js';

/** A server that listens. */
export interface LocalService {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const maxBodyBytes = 25 * 1024 * 1024;

/**
 * Serves routes on 127.0.0.1 in AWS's REST-JSON form. Signatures are not checked: there are no credentials here to
 * check them with.
 * @param port 0 for any free port
 */
export async function startLocalService(routes: readonly Route[], port: number): Promise<LocalService> {
  const server = createServer((request, response) => {
    const controller = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) controller.abort(new Error('The client went away.'));
    });
    serve(routes, request, response, controller.signal).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendError(response, ServiceError.from(error));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new LocalAwsError('listen-failed', `Port ${port} of 127.0.0.1 cannot be listened on.`, { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(routes: readonly Route[], request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  for (const route of routes) {
    const parts = route.method === request.method ? matchPath(route.path, path) : undefined;
    if (parts === undefined) continue;
    const body = await readJson(request);
    return send(response, await route.handle({ path: parts, headers: request.headers, body, signal }));
  }
  response.setHeader('x-amzn-errortype', 'UnknownOperationException');
  response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'There is no such operation here.' }));
}

async function send(response: ServerResponse, answer: ServiceResponse): Promise<void> {
  const headers = { 'x-amzn-requestid': randomUUID(), ...answer.headers };
  if (answer.kind === 'json') {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer.body));
    return;
  }
  response.writeHead(200, headers);
  response.flushHeaders();
  for await (const chunk of answer.chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}

function sendError(response: ServerResponse, error: ServiceError): void {
  response
    .writeHead(error.status, { 'content-type': 'application/json', 'x-amzn-errortype': error.name, 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify({ message: error.message }));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new ServiceError('ValidationException', 'The request is too large.');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new ServiceError('ValidationException', 'The request is no JSON.', { cause });
  }
}
