import { createHash } from 'node:crypto';

/** A digest that is equal for equal content, whatever the order of the properties. 64 hexadecimal digits. */
export function contentHash(resolved: unknown): string {
  return createHash('sha256').update(JSON.stringify(sorted(resolved))).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
