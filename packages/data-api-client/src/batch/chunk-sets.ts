/** The service takes requests of 4 MiB; the rest is for the statement, the ARNs and the field names. */
export const maxRequestBytes = 3.5 * 1024 * 1024;

/** Divides sets into runs that stay under a number of sets and a size in bytes. */
export function chunkSets<T>(sets: readonly T[], maxSets: number, sizeOf: (set: T) => number, maxBytes = maxRequestBytes): T[][] {
  const chunks: T[][] = [];
  let current: T[] = [];
  let bytes = 0;
  for (const set of sets) {
    const size = sizeOf(set);
    if (current.length > 0 && (current.length >= maxSets || bytes + size > maxBytes)) {
      chunks.push(current);
      current = [];
      bytes = 0;
    }
    current.push(set);
    bytes += size;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}
