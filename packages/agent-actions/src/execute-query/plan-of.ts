import type { DatabaseResult } from '../ports/read-only-database.js';

/** The plan out of the result of EXPLAIN, which is one column of one row: JSON, parsed or as text. */
export function planOf(result: DatabaseResult): unknown {
  const cell = Object.values(result.rows[0] ?? {})[0];
  return typeof cell === 'string' ? JSON.parse(cell) : cell;
}
