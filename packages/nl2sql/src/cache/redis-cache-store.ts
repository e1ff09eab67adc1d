import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import { abandonable } from '../waiting/abort-error.js';
import type { CacheStore } from './cache-store.js';

/** The commands used of a Redis or Valkey client; node-redis and ioredis both pass raw commands on. */
export interface RedisCommands {
  /** Sends one command, such as `['GET', 'key']`, and gives its reply. */
  sendCommand(command: readonly string[]): Promise<unknown>;
}

export interface RedisCacheStoreOptions {
  /**
   * node-redis has `sendCommand` itself; for ioredis and iovalkey:
   * `{ sendCommand: ([name, ...rest]) => redis.call(name, ...rest) }`.
   */
  readonly client: RedisCommands;
  /** Put before every key. @default 'ask-aurora:' */
  readonly prefix?: string;
  /** Milliseconds for one command: a slow cache must not slow the question. @default 300 */
  readonly timeoutMs?: number;
}

/** A store in Redis or Valkey, with the server's own expiry. */
export function createRedisCacheStore(options: RedisCacheStoreOptions): CacheStore {
  const { client, prefix = 'ask-aurora:', timeoutMs = 300 } = options;
  const send = async (command: readonly string[], signal: AbortSignal | undefined): Promise<unknown> => {
    const timeoutError = () => new Nl2SqlError({ code: 'cache-failed', message: `Redis did not answer within ${timeoutMs} ms.`, retryable: true });
    try {
      return await callWithin({ signal, timeoutMs, timeoutError }, (limited) => abandonable(client.sendCommand(command), limited));
    } catch (error) {
      if (Nl2SqlError.isInstance(error)) throw error;
      // Redis quotes the command it refuses, and drivers hang it on their error: the value holds questions.
      const redactor = createRedactor('masked', command.slice(1));
      throw new Nl2SqlError({ code: 'cache-failed', message: `Redis: ${redactor.text(error instanceof Error ? error.message : String(error))}`, cause: redactor.cause(error), retryable: true });
    }
  };
  return {
    async get(key, { signal }) {
      const reply = await send(['GET', prefix + key], signal);
      return typeof reply === 'string' ? reply : reply instanceof Uint8Array ? Buffer.from(reply).toString('utf8') : null;
    },
    async set(key, value, { ttlSeconds, signal }) {
      await send(['SET', prefix + key, value, 'EX', String(Math.max(1, Math.ceil(ttlSeconds)))], signal);
    },
  };
}
