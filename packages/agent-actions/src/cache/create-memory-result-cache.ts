import type { ResultCache } from './result-cache.js';

/** How much a cache may hold, and for how long. */
export interface MemoryResultCacheOptions {
  /** Milliseconds an entry is good for. @default 60_000 */
  readonly ttlMs?: number;
  /** Sum of the entries' sizes in bytes. @default 16 MiB */
  readonly maxBytes?: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** A cache in this process: entries expire, and the least recently used go first when it is full. */
export function createMemoryResultCache<Value>(options: MemoryResultCacheOptions = {}): ResultCache<Value> & { readonly size: number; readonly bytes: number } {
  const { ttlMs = 60_000, maxBytes = 16 * 1024 * 1024, now = Date.now } = options;
  const entries = new Map<string, { readonly value: Value; readonly bytes: number; readonly expiresAt: number }>();
  let held = 0;
  const drop = (key: string) => {
    held -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    get size() {
      return entries.size;
    },
    get bytes() {
      return held;
    },
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= now()) {
        held -= entry.bytes;
        return undefined;
      }
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      drop(key);
      if (bytes > maxBytes) return;
      entries.set(key, { value, bytes, expiresAt: now() + ttlMs });
      held += bytes;
      // What has expired and is not asked for again would otherwise stay until the cache is full.
      for (const [oldest, entry] of entries) {
        if (held <= maxBytes && entry.expiresAt > now()) break;
        drop(oldest);
      }
    },
  };
}
