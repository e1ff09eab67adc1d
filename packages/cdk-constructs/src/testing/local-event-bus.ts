import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalEventBus {
  readonly endpoint: string;
  readonly entries: readonly { readonly EventBusName: string; readonly Source: string; readonly DetailType: string; readonly Detail: string }[];
  stop(): Promise<void>;
}

/** EventBridge's PutEvents, on the wire; keeps what it is sent. */
export async function startLocalEventBus(): Promise<LocalEventBus> {
  const entries: LocalEventBus['entries'][number][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      const sent = (JSON.parse(body) as { Entries: LocalEventBus['entries'] }).Entries;
      entries.push(...sent);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: sent.map((_entry, index) => ({ EventId: String(index) })) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    entries,
    stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
