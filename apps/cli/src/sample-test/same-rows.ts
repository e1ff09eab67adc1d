/** Rows by position of the column: names are not compared. */
export type ResultRows = readonly (readonly unknown[])[];

/**
 * Whether `given` holds the rows of `wanted`: as many rows, and for each wanted column one of its own columns with the
 * same values; it may have more columns. Rows are compared as a multiset unless `ordered`.
 */
export function sameRows(wanted: ResultRows, given: ResultRows, options: { readonly ordered: boolean }): boolean {
  if (wanted.length !== given.length) return false;
  const [firstWanted, firstGiven] = [wanted[0], given[0]];
  if (firstWanted === undefined || firstGiven === undefined) return true;
  const sorted = (rows: ResultRows, columns: readonly number[]): string => {
    const keys = rows.map((row) => JSON.stringify(columns.map((column) => comparable(row[column]))));
    return (options.ordered ? keys : keys.sort()).join('\n');
  };
  const wantedColumns = firstWanted.map((_, column) => column);
  const goal = sorted(wanted, wantedColumns);
  const candidates = wantedColumns.map((column) => {
    const values = sorted(wanted, [column]);
    return firstGiven.map((_, index) => index).filter((index) => sorted(given, [index]) === values);
  });
  const assign = (chosen: readonly number[]): boolean => {
    if (chosen.length === candidates.length) return sorted(given, chosen) === goal;
    return (candidates[chosen.length] ?? []).some((index) => !chosen.includes(index) && assign([...chosen, index]));
  };
  return assign([]);
}

/** Numbers that come as text (numeric, bigint) equal numbers; 9 digits are enough for averages computed in two ways. */
function comparable(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) return Number(Number(value).toPrecision(9));
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
