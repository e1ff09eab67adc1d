import type { AwsClient } from '../model/aws-client.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, isMark } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import type { CacheStore } from './cache-store.js';

export interface DynamoDbCacheStoreOptions {
  /** A `DynamoDBClient` of `@aws-sdk/client-dynamodb`. */
  readonly client: AwsClient;
  /** A table with a string partition key and time to live on `expires_at`. */
  readonly tableName: string;
  /** @default 'cache_key' */
  readonly keyAttribute?: string;
  /** Milliseconds for one call: a slow cache must not slow the question. @default 500 */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A store in DynamoDB. Expired items that DynamoDB has not removed yet count as gone. */
export function createDynamoDbCacheStore(options: DynamoDbCacheStoreOptions): CacheStore {
  const { client, tableName, keyAttribute = 'cache_key', timeoutMs = 500, now = Date.now } = options;
  const send = async (command: object, sent: readonly string[], signal: AbortSignal | undefined): Promise<unknown> => {
    const timeoutError = () => new Nl2SqlError({ code: 'cache-failed', message: `DynamoDB table ${tableName} did not answer within ${timeoutMs} ms.`, retryable: true });
    try {
      return await callWithin({ signal, timeoutMs, timeoutError }, (abortSignal) => client.send(command, { abortSignal }));
    } catch (error) {
      if (Nl2SqlError.isInstance(error)) throw error;
      const redactor = createRedactor('masked', sent);
      const name = error instanceof Error && isMark(error.name) ? error.name : 'Error';
      throw new Nl2SqlError({ code: 'cache-failed', message: `DynamoDB table ${tableName}: ${name}: ${redactor.text(error instanceof Error ? error.message : String(error))}`, cause: redactor.cause(error), retryable: true });
    }
  };
  return {
    async get(key, { signal }) {
      const { GetItemCommand } = await import('@aws-sdk/client-dynamodb');
      const { Item: item } = (await send(new GetItemCommand({ TableName: tableName, Key: { [keyAttribute]: { S: key } } }), [key], signal)) as { readonly Item?: Readonly<Record<string, { readonly S?: string; readonly N?: string }>> };
      const value = item?.['value']?.S;
      return value === undefined || Number(item?.['expires_at']?.N ?? 0) * 1_000 <= now() ? null : value;
    },
    async set(key, value, { ttlSeconds, signal }) {
      const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
      const expiresAt = Math.ceil(now() / 1_000) + ttlSeconds;
      await send(new PutItemCommand({ TableName: tableName, Item: { [keyAttribute]: { S: key }, value: { S: value }, expires_at: { N: String(expiresAt) } } }), [key, value], signal);
    },
  };
}
