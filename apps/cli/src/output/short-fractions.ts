import type { TableColumn } from './table.js';

const fractional = /^(numeric|decimal|float|real|double)/;

/** Longer than what people keep (money, rates, coordinates): a quotient or an average. */
const longFraction = /^-?\d+\.\d{9,}$/;
const format = new Intl.NumberFormat('en-US', { useGrouping: false, minimumFractionDigits: 4, maximumFractionDigits: 4, maximumSignificantDigits: 4, roundingPriority: 'morePrecision' });

/** Rows as they read best: the columns that hold quotients and averages with four decimals, or four digits where those would show none. `shortened` says whether a digit is missing. */
export function shortenFractions(columns: readonly TableColumn[], rows: readonly (readonly unknown[])[]): { readonly rows: readonly (readonly unknown[])[]; readonly shortened: boolean } {
  const long = columns.map(({ type }, index) => fractional.test(type) && rows.some((row) => longFraction.test(String(row[index]))));
  if (!long.includes(true)) return { rows, shortened: false };
  return { rows: rows.map((row) => row.map((value, index) => (long[index] === true ? shorten(value) : value))), shortened: true };
}

function shorten(value: unknown): unknown {
  const digits = String(value);
  // As text, a decimal number is rounded exactly, whatever its length.
  return /^-?\d+(\.\d+)?$/.test(digits) ? format.format(digits as Intl.StringNumericLiteral) : value;
}
