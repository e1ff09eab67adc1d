import type { CacheStore } from '@ask-aurora/nl2sql';
import { z } from 'zod';
import { digest } from '../audit/digest.js';
import type { RowsResult } from '../execute-query/execute-query-result.js';
import { createCircuitBreaker, type CircuitBreaker } from '../limits/create-circuit-breaker.js';
import type { ResultCache } from './result-cache.js';

export interface StoredResultCacheOptions {
  /** Shared by processes: DynamoDB, Redis or any other store of nl2sql. */
  readonly store: CacheStore;
  /** Milliseconds a result is given again. */
  readonly ttlMs: number;
  /**
   * Whose rows these are: cluster, database and role, in any form. A store may be shared by several databases, and the
   * key that execute-query gives knows of none of them.
   */
  readonly scope: readonly string[];
  /** Larger results are not kept, in UTF-8 bytes as JSON; an item of DynamoDB holds 400 KB. @default 350_000 */
  readonly maxBytes?: number;
  /** Leaves a store that fails alone for a while. @default five failures in a row open it for 10 s */
  readonly circuitBreaker?: CircuitBreaker;
  /** Hears of faults of the store. @default nobody */
  readonly onFault?: (error: unknown) => void;
}

const storedRows = z.object({
  kind: z.literal('rows'),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.record(z.string(), z.json())),
  rowCount: z.number().int().min(0),
  truncated: z.boolean(),
  truncatedBy: z.enum(['rows', 'bytes']).nullable(),
  total: z.object({ rows: z.number().int().min(0), isExact: z.boolean() }),
  statement: z.string(),
  relations: z.array(z.object({ schema: z.string(), name: z.string() })),
  planCost: z.number().nullable(),
  bytes: z.number().int().min(0),
});

/**
 * Results in a store that processes share. A store that fails, is slow or holds something else than rows costs the
 * statement a run, never its answer.
 *
 * @example
 * ```ts
 * const cache = createStoredResultCache({ store: createDynamoDbCacheStore({ client, tableName }), ttlMs: 60_000, scope: [resourceArn, database, secretArn] });
 * ```
 */
export function createStoredResultCache(options: StoredResultCacheOptions): ResultCache<RowsResult> {
  const { store, ttlMs, scope, maxBytes = 350_000, circuitBreaker: breaker = createCircuitBreaker(), onFault } = options;
  const ttlSeconds = Math.max(1, Math.ceil(ttlMs / 1_000));
  const keyOf = (key: string) => `rows:${digest(JSON.stringify([scope, key]))}`;

  async function tolerant<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (!breaker.allow().ok) return undefined;
    try {
      const value = await call();
      breaker.succeed();
      return value;
    } catch (error) {
      breaker.fail();
      onFault?.(error);
      return undefined;
    }
  }

  return {
    async get(key) {
      const text = (await tolerant(() => store.get(keyOf(key), {}))) ?? null;
      const read = text === null ? undefined : storedRows.safeParse(parsed(text));
      return read?.success === true ? { ...read.data, cached: true, auditId: '' } : undefined;
    },
    async set(key, { cached: _cached, auditId: _auditId, ...result }) {
      const text = JSON.stringify(result);
      if (Buffer.byteLength(text) <= maxBytes) await tolerant(() => store.set(keyOf(key), text, { ttlSeconds }));
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
