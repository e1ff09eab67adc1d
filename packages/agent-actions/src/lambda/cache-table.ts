import { createDynamoDbCacheStore, type CacheStore } from '@ask-aurora/nl2sql';
import { z } from 'zod';
import { wholeNumber } from './read-environment.js';

/** Where both functions keep what they may give again. Without a table, or with a time of 0, nothing is kept there. */
export const cacheEnvironment = {
  /** A DynamoDB table with time to live on `expires_at`. */
  ASK_AURORA_CACHE_TABLE: z.string().min(1).max(1_024).optional(),
  /** Its partition key, a string. */
  ASK_AURORA_CACHE_KEY_ATTRIBUTE: z.string().min(1).max(255).default('cache_key'),
  /** Put before every key, so that rights can be given on these items alone. */
  ASK_AURORA_CACHE_PREFIX: z.string().max(512).default(''),
  /** Milliseconds. */
  ASK_AURORA_CACHE_TTL_MS: wholeNumber.default(0),
};

type CacheEnvironment = z.output<z.ZodObject<typeof cacheEnvironment>>;

/** The store of the table, or undefined when there is none. */
export async function openCacheTable(environment: CacheEnvironment): Promise<CacheStore | undefined> {
  const { ASK_AURORA_CACHE_TABLE: tableName, ASK_AURORA_CACHE_PREFIX: prefix } = environment;
  if (tableName === undefined || environment.ASK_AURORA_CACHE_TTL_MS === 0) return undefined;
  // Only functions with a table pay for its client.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  // A retry of a slow cache would cost more than what it holds.
  const store = createDynamoDbCacheStore({ client: new DynamoDBClient({ maxAttempts: 1 }), tableName, keyAttribute: environment.ASK_AURORA_CACHE_KEY_ATTRIBUTE });
  return {
    get: (key, options) => store.get(prefix + key, options),
    set: (key, value, options) => store.set(prefix + key, value, options),
  };
}
