/** How many rows a statement has when no cap of ours cuts them: exactly so many, or more than so many. */
export interface RowTotal {
  readonly rows: number;
  readonly isExact: boolean;
}

/**
 * The total of a result that was cut.
 * @param counted rows that were counted, one more than `limit` when counting stopped there; null when they could not be
 * @param known rows that are known to be exceeded
 */
export function totalOfCut(counted: number | null, known: number, limit: number): RowTotal {
  // Rows may have come and gone between the two statements; what was seen is not talked away.
  if (counted === null || counted <= known) return { rows: known, isExact: false };
  return counted > limit ? { rows: limit, isExact: false } : { rows: counted, isExact: true };
}
