/** A key-value store with expiry, behind the caches. Values are JSON text. */
export interface CacheStore {
  /** @throws Nl2SqlError `cache-failed` */
  get(key: string, options: { readonly signal?: AbortSignal }): Promise<string | null>;
  /** @throws Nl2SqlError `cache-failed` */
  set(key: string, value: string, options: { readonly ttlSeconds: number; readonly signal?: AbortSignal }): Promise<void>;
}
