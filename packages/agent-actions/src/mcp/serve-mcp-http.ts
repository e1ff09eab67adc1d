import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AgentActionsError } from '../agent-actions-error.js';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';

/** How the server listens. It is bound to 127.0.0.1 and nothing else. */
export interface McpHttpOptions extends McpServerOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** Wanted as `Authorization: Bearer ..` of every request when given. @default none */
  readonly bearerToken?: string;
  /** Web origins that may call, for example `http://localhost:6274`. @default none: requests of web pages are refused */
  readonly allowedOrigins?: readonly string[];
  /** Sessions at once; a further one is refused. @default 100 */
  readonly maxSessions?: number;
  /** Milliseconds after which an unused session is closed. @default 1_800_000 */
  readonly idleMs?: number;
}

/** A running server. */
export interface McpHttpServer {
  /** For example `http://127.0.0.1:40123/mcp`. */
  readonly url: string;
  readonly sessions: number;
  close(): Promise<void>;
}

interface Session {
  readonly server: Server;
  readonly transport: StreamableHTTPServerTransport;
  usedAt: number;
}

const maxBodyBytes = 1024 * 1024;

/**
 * Serves the actions by MCP's streamable HTTP on the loopback interface. The host and origin of each request are
 * checked, so that a web page cannot reach it by rebinding a name.
 */
export async function serveMcpHttp(options: McpHttpOptions): Promise<McpHttpServer> {
  const { port = 0, bearerToken, allowedOrigins = [], maxSessions = 100, idleMs = 1_800_000 } = options;
  const sessions = new Map<string, Session>();
  let hosts: ReadonlySet<string> = new Set();

  const refusalOf = (request: IncomingMessage): { readonly status: number; readonly message: string } | undefined => {
    if (!hosts.has((request.headers.host ?? '').toLowerCase())) return { status: 403, message: 'This host name is not served here.' };
    if (request.headers.origin !== undefined && !allowedOrigins.includes(request.headers.origin)) return { status: 403, message: 'This origin may not call.' };
    // A browser asks beforehand, and without credentials.
    if (request.method === 'OPTIONS' && request.headers.origin !== undefined) return undefined;
    if (bearerToken !== undefined && !sameSecret(request.headers.authorization ?? '', `Bearer ${bearerToken}`)) return { status: 401, message: 'A bearer token is needed.' };
    if ((request.url ?? '').replace(/\?.*$/s, '') !== '/mcp') return { status: 404, message: 'The server is at /mcp.' };
    return undefined;
  };

  async function openSession(): Promise<Session> {
    const id = randomUUID();
    const server = createMcpServer(options, id);
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => id, enableJsonResponse: false });
    const session: Session = { server, transport, usedAt: Date.now() };
    transport.onclose = () => void sessions.delete(id);
    // The class is declared in a way that exactOptionalPropertyTypes does not see as the interface it implements.
    await server.connect(transport as Parameters<Server['connect']>[0]);
    sessions.set(id, session);
    return session;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusalOf(request);
    if (refused !== undefined) return fail(response, refused.status, refused.message);
    if (request.headers.origin !== undefined) {
      allowOrigin(response, request.headers.origin);
      if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    }
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (request.method !== 'POST') {
      if (known === undefined) return fail(response, 404, 'There is no such session.');
      known.usedAt = Date.now();
      return known.transport.handleRequest(request, response);
    }
    const body = await readJson(request);
    if (body === undefined) return fail(response, 400, 'The body is no JSON, or larger than 1 MiB.');
    if (known !== undefined) {
      known.usedAt = Date.now();
      return known.transport.handleRequest(request, response, body);
    }
    if (id !== undefined) return fail(response, 404, 'There is no such session.');
    if (!isInitializeRequest(body)) return fail(response, 400, 'A session begins with an initialize request.');
    if (sessions.size >= maxSessions) return fail(response, 503, 'There are too many sessions.');
    return (await openSession()).transport.handleRequest(request, response, body);
  }

  const http = createServer((request, response) => {
    serve(request, response).catch(() => {
      if (!response.headersSent) fail(response, 500, 'The request could not be served.');
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => reject(new AgentActionsError('invalid-configuration', `The MCP server cannot listen on port ${port}.`, { cause })));
    http.listen(port, '127.0.0.1', resolve);
  });
  const bound = (http.address() as AddressInfo).port;
  hosts = new Set([`127.0.0.1:${bound}`, `localhost:${bound}`]);
  const sweeper = setInterval(() => {
    for (const session of sessions.values()) if (session.usedAt + idleMs < Date.now()) void session.server.close();
  }, Math.min(idleMs, 60_000));
  sweeper.unref();

  return {
    url: `http://127.0.0.1:${bound}/mcp`,
    get sessions() {
      return sessions.size;
    },
    async close() {
      clearInterval(sweeper);
      await Promise.all([...sessions.values()].map((session) => session.server.close()));
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Lets a web page of an allowed origin send requests and read the answers. */
function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, last-event-id, mcp-protocol-version, mcp-session-id');
  response.setHeader('access-control-expose-headers', 'mcp-session-id');
}

function fail(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}

function sameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
