import { comparableValue } from './comparable-value.js';

/** Rows with their columns by position; names do not matter. */
export type ResultRows = readonly (readonly unknown[])[];

/**
 * `strict`: the same rows and columns, columns in any order. `subset`: every column of the gold result is there, beside
 * others. `none`: neither.
 */
export type ResultMatch = 'strict' | 'subset' | 'none';

const mostTries = 2_000;

/**
 * Compares a result with the gold one. Names of columns and their order do not count, the order of rows only when
 * `ordered`; values are compared as {@link comparableValue} writes them. Rows are a multiset: repeated rows count.
 */
export function compareResults(gold: ResultRows, answer: ResultRows, options: { readonly ordered?: boolean } = {}): ResultMatch {
  const { ordered = false } = options;
  if (gold.length !== answer.length) return 'none';
  const goldWidth = gold[0]?.length ?? 0;
  const answerWidth = answer[0]?.length ?? 0;
  if (gold.length === 0) return 'strict';
  if (answerWidth < goldWidth) return 'none';
  const left = columnsOf(gold, goldWidth);
  const right = columnsOf(answer, answerWidth);
  const candidates = left.map((column) => right.flatMap((other, index) => (signature(other, ordered) === signature(column, ordered) ? [index] : [])));
  const target = rowKeys(left, left.map((_column, index) => index), ordered);
  const found = search(candidates, (mapping) => rowKeys(right, mapping, ordered) === target);
  return found ? (goldWidth === answerWidth ? 'strict' : 'subset') : 'none';
}

function columnsOf(rows: ResultRows, width: number): readonly (readonly string[])[] {
  return Array.from({ length: width }, (_unused, column) => rows.map((row) => JSON.stringify(comparableValue(row[column]))));
}

function signature(column: readonly string[], ordered: boolean): string {
  return (ordered ? column : [...column].sort()).join('\u0000');
}

function rowKeys(columns: readonly (readonly string[])[], mapping: readonly number[], ordered: boolean): string {
  const height = columns[0]?.length ?? 0;
  const keys = Array.from({ length: height }, (_unused, row) => mapping.map((column) => columns[column]?.[row] ?? '').join('\u0001'));
  return (ordered ? keys : keys.sort()).join('\u0000');
}

/** Tries the ways to give each gold column its own column of the answer. Columns of equal content are tried in order. */
function search(candidates: readonly (readonly number[])[], fits: (mapping: readonly number[]) => boolean): boolean {
  let tries = 0;
  const place = (mapping: readonly number[]): boolean => {
    if (mapping.length === candidates.length) {
      tries += 1;
      return fits(mapping);
    }
    for (const column of candidates[mapping.length] ?? []) {
      if (tries >= mostTries) return false;
      if (!mapping.includes(column) && place([...mapping, column])) return true;
    }
    return false;
  };
  return place([]);
}
