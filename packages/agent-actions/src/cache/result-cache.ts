/** Results by key. Implementations may be shared between processes; they see only digests as keys. */
export interface ResultCache<Value> {
  get(key: string): Value | undefined | Promise<Value | undefined>;
  set(key: string, value: Value, bytes: number): void | Promise<void>;
}
