import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { matchPath, type Route, type ServiceResponse } from './route.js';
import { listenForBoth } from './listen-for-both.js';
import { ServiceError } from './service-error.js';

/** A server that listens. */
export interface LocalService {
  readonly endpoint: string;
  stop(): Promise<void>;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

const maxBodyBytes = 25 * 1024 * 1024;

/**
 * Serves routes on 127.0.0.1 in AWS's REST-JSON form, by HTTP/2 as the SDK's Bedrock clients speak it and by HTTP/1.1
 * as the CLI does. Signatures are not checked: there are no credentials here to check them with.
 * @param port 0 for any free port
 * @throws LocalAwsError `listen-failed`
 */
export async function startLocalService(routes: readonly Route[], port: number): Promise<LocalService> {
  const onRequest = (request: Request, response: Response): void => {
    const controller = new AbortController();
    response.once('close', () => {
      if (!response.writableEnded) controller.abort(new Error('The client went away.'));
    });
    serve(routes, request, response, controller.signal).catch((error: unknown) => {
      if (response.headersSent) drop(response);
      else sendError(response, ServiceError.from(error));
    });
  };
  const http1 = createHttpServer(onRequest);
  http1.keepAliveTimeout = 60_000;
  const http2 = createHttp2Server(onRequest);
  // A broken connection is its client's affair; without a listener it would end the process.
  http2.on('sessionError', () => undefined);
  const listener = await listenForBoth(http1, http2, port);
  return { endpoint: `http://127.0.0.1:${listener.port}`, stop: () => listener.stop() };
}

const localNames = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i;

async function serve(routes: readonly Route[], request: Request, response: Response, signal: AbortSignal): Promise<void> {
  // A web page that has its own name resolve to 127.0.0.1 would otherwise be served.
  const host = request.headers[':authority'] ?? request.headers.host ?? '';
  if (typeof host !== 'string' || !localNames.test(host)) throw new ServiceError('AccessDeniedException', 'Only requests to localhost are served.');
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  for (const route of routes) {
    const parts = route.method === request.method ? matchPath(route.path, path) : undefined;
    if (parts === undefined) continue;
    const body = await readJson(request);
    return send(response, await route.handle({ path: parts, headers: request.headers, body, signal }));
  }
  write(response, 404, { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' }, JSON.stringify({ message: 'There is no such operation here.' }));
}

async function send(response: Response, answer: ServiceResponse): Promise<void> {
  const headers = { 'x-amzn-requestid': randomUUID(), ...answer.headers };
  if (answer.kind === 'json') return write(response, 200, { 'content-type': 'application/json', ...headers }, JSON.stringify(answer.body));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = 200;
  // Both kinds of response have these members; only their types differ. HTTP/2 sends its headers with flushHeaders too.
  const writable = response as ServerResponse;
  writable.flushHeaders();
  for await (const chunk of answer.chunks) {
    if (writable.destroyed) return;
    if (!writable.write(chunk)) await Promise.race([once(writable, 'drain'), once(writable, 'close')]);
  }
  response.end();
}

function sendError(response: Response, error: ServiceError): void {
  write(response, error.status, { 'content-type': 'application/json', 'x-amzn-errortype': error.name, 'x-amzn-requestid': randomUUID() }, JSON.stringify({ message: error.message }));
}

function write(response: Response, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function drop(response: Response): void {
  if ('stream' in response) response.stream.destroy();
  else response.destroy();
}

async function readJson(request: Request): Promise<unknown> {
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
