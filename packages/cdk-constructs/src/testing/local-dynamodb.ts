import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalDynamoDbCall {
  readonly operation: string;
  readonly table: string;
  /** The value of the partition key. */
  readonly key: string;
}

export type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

export interface LocalDynamoDb {
  readonly endpoint: string;
  /** Oldest first. */
  readonly calls: readonly LocalDynamoDbCall[];
  /** By `table/key`. */
  readonly items: Map<string, Item>;
  /** While true, every call fails as it does when a table is gone. */
  failing: boolean;
  stop(): Promise<void>;
}

/** GetItem and PutItem of tables with one string key, on the wire. A table that isn't known, or has another key, is refused. */
export async function startLocalDynamoDb(partitionKeys: Readonly<Record<string, string>>): Promise<LocalDynamoDb> {
  const items = new Map<string, Item>();
  const calls: LocalDynamoDbCall[] = [];
  const answer = (target: string, body: string): { readonly status: number; readonly body: unknown } => {
    const request = JSON.parse(body) as { readonly TableName: string; readonly Key?: Item; readonly Item?: Item };
    const partitionKey = partitionKeys[request.TableName];
    const operation = target.replace('DynamoDB_20120810.', '');
    const key = (request.Key ?? request.Item)?.[partitionKey ?? '']?.S ?? '';
    calls.push({ operation, table: request.TableName, key });
    if (server.failing || partitionKey === undefined) return fault('ResourceNotFoundException', 'Requested resource not found');
    if (key === '') return fault('ValidationException', 'The provided key element does not match the schema');
    const name = `${request.TableName}/${key}`;
    if (operation === 'GetItem') return { status: 200, body: { Item: items.get(name) } };
    if (operation !== 'PutItem' || request.Item === undefined) return fault('UnknownOperationException', operation);
    items.set(name, request.Item);
    return { status: 200, body: {} };
  };
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(String(request.headers['x-amz-target']), Buffer.concat(chunks).toString('utf8'));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: LocalDynamoDb = {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    calls, items,
    failing: false,
    stop: () => new Promise((resolve) => { http.close(() => resolve()); http.closeAllConnections(); }),
  };
  return server;
}

function fault(type: string, message: string): { readonly status: number; readonly body: unknown } {
  return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message } };
}
