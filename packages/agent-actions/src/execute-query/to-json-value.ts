/** A value that JSON can carry. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * A decoded database value as JSON: integers beyond 2^53 and non-finite numbers as text, bytes as `\x` hexadecimal
 * (PostgreSQL's own form), dates as ISO 8601.
 */
export function toJsonValue(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return value.map(toJsonValue);
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJsonValue(member)]));
    default:
      return null;
  }
}
