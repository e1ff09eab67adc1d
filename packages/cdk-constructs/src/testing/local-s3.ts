import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalS3 {
  readonly endpoint: string;
  /** `GET bucket/key` for each call, oldest first. */
  readonly calls: readonly string[];
  readonly objects: Map<string, string>;
  stop(): Promise<void>;
}

/** GetObject, PutObject, DeleteObject and ListObjectsV2 over objects in memory, by `bucket/key`, on the wire. */
export async function startLocalS3(initial: ReadonlyMap<string, string> = new Map()): Promise<LocalS3> {
  const objects = new Map(initial);
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = decodeURIComponent(url.pathname.slice(1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push(`${request.method ?? ''} ${name}`);
      if (request.method === 'GET' && url.searchParams.get('list-type') === '2') {
        const prefix = `${name.replace(/\/$/, '')}/${url.searchParams.get('prefix') ?? ''}`;
        const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => `<Contents><Key>${key.slice(key.indexOf('/') + 1)}</Key></Contents>`);
        response.setHeader('content-type', 'application/xml');
        response.end(`<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${keys.join('')}</ListBucketResult>`);
      } else if (request.method === 'GET') {
        const body = objects.get(name);
        if (body === undefined) {
          response.statusCode = 404;
          response.end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
        } else {
          response.setHeader('etag', '"1"');
          response.end(body);
        }
      } else {
        if (request.method === 'PUT') objects.set(name, decodeChunked(Buffer.concat(chunks).toString('utf8'), request.headers['content-encoding']));
        if (request.method === 'DELETE') objects.delete(name);
        response.statusCode = request.method === 'DELETE' ? 204 : 200;
        response.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls, objects,
    stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

/** The SDK sends bodies in chunks with a checksum behind them. */
function decodeChunked(body: string, encoding: string | undefined): string {
  if (encoding?.includes('aws-chunked') !== true) return body;
  let text = '';
  let rest = Buffer.from(body, 'utf8');
  for (;;) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.subarray(0, end).toString('utf8'), 16);
    if (!(size > 0)) return text;
    text += rest.subarray(end + 2, end + 2 + size).toString('utf8');
    rest = rest.subarray(end + 2 + size + 2);
  }
}
