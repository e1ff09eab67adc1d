import { toJsonValue, type JsonValue } from './to-json-value.js';

/** Rows within the caps. */
export interface CappedRows {
  readonly rows: readonly Readonly<Record<string, JsonValue>>[];
  readonly bytes: number;
  readonly truncatedBy: 'rows' | 'bytes' | null;
}

/** Takes rows from the front until one of the caps is reached. `bytes` counts the rows as JSON in UTF-8. */
export function capRows(rows: readonly Readonly<Record<string, unknown>>[], caps: { readonly maxRows: number; readonly maxBytes: number }): CappedRows {
  const taken: Record<string, JsonValue>[] = [];
  let bytes = 2;
  for (const row of rows) {
    if (taken.length === caps.maxRows) return { rows: taken, bytes, truncatedBy: 'rows' };
    const value = Object.fromEntries(Object.entries(row).map(([name, member]) => [name, toJsonValue(member)]));
    const size = Buffer.byteLength(JSON.stringify(value)) + 1;
    if (bytes + size > caps.maxBytes) return { rows: taken, bytes, truncatedBy: 'bytes' };
    bytes += size;
    taken.push(value);
  }
  return { rows: taken, bytes, truncatedBy: null };
}
