import type { RowTotal } from '../execute-query/row-total.js';

/** Says how many rows there are, how many are shown, and how to ask for less. */
export function truncationNote(shown: number, total: RowTotal): string {
  const all = total.isExact ? `${total.rows} rows` : `more than ${total.rows} rows`;
  return `The statement has ${all}; only the first ${shown} are here. To ask for less: aggregate (count, sum, GROUP BY), filter with WHERE, select fewer columns, or page with ORDER BY, LIMIT and OFFSET.`;
}
