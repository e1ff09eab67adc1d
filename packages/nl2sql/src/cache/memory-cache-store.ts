import type { CacheStore } from './cache-store.js';

export interface MemoryCacheStoreOptions {
  /** @default 1000 */
  readonly maxEntries?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A store in this process that forgets what was not used for longest. */
export function createMemoryCacheStore(options: MemoryCacheStoreOptions = {}): CacheStore {
  const { maxEntries = 1_000, now = Date.now } = options;
  // A Map keeps the order of insertion: putting an entry in again makes it the youngest.
  const entries = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return Promise.resolve(null);
      entries.delete(key);
      if (entry.expiresAt <= now()) return Promise.resolve(null);
      entries.set(key, entry);
      return Promise.resolve(entry.value);
    },
    set(key, value, { ttlSeconds }) {
      entries.delete(key);
      entries.set(key, { value, expiresAt: now() + ttlSeconds * 1_000 });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
      return Promise.resolve();
    },
  };
}
