import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A request as a scripted server received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a script writes its answer with, on HTTP/1.1 and HTTP/2 alike. */
export interface Answering {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): Answering;
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string): unknown;
  destroy(): void;
}

/** One scripted answer. */
export type Reply = (response: Answering, request: ReceivedRequest) => void | Promise<void>;

/** An HTTP server on loopback for tests: answers requests in the order of its script and keeps what it received. */
export interface LocalServer {
  readonly url: string;
  readonly received: ReceivedRequest[];
  /** Adds answers to the end of the script. A request past the end is answered 599. */
  script(...replies: Reply[]): void;
  stop(): Promise<void>;
}

interface Incoming {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

/** Starts one. The SDK's Bedrock client speaks HTTP/2 without TLS to an `http:` endpoint, fetch speaks HTTP/1.1. */
export async function startLocalServer(protocol: 'http1' | 'http2'): Promise<LocalServer> {
  const queue: Reply[] = [];
  const received: ReceivedRequest[] = [];
  const open = new Set<{ destroy(): void }>();
  const listener = (request: Incoming, response: Answering) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const entry: ReceivedRequest = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(entry);
      const reply = queue.shift();
      if (reply === undefined) response.writeHead(599).end('the script is over');
      else void Promise.resolve(reply(response, entry)).catch(() => response.destroy());
    });
  };
  let server: Server;
  if (protocol === 'http2') {
    server = createHttp2Server((request, response) => listener(request as unknown as Incoming, {
        writeHead(status, headers) {
          response.writeHead(status, headers);
          return this;
        },
        write: (chunk) => response.stream.write(chunk),
        end: (chunk) => response.end(chunk ?? ''),
        destroy: () => response.stream.destroy(),
      }),
    ).on('session', (session: ServerHttp2Session) => void open.add(session));
  } else {
    server = createServer((request, response) => listener(request as unknown as Incoming, response as unknown as Answering)).on('connection', (socket: Socket) => void open.add(socket));
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    script: (...replies) => void queue.push(...replies),
    stop: () =>
      new Promise<void>((resolve) => {
        for (const connection of open) connection.destroy();
        server.close(() => resolve());
      }),
  };
}
