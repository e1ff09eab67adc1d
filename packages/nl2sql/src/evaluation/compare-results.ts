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
  const signatures = right.map((column) => signature(column, ordered));
  const candidates = left.map((column) => {
    const wanted = signature(column, ordered);
    return signatures.flatMap((other, index) => (other === wanted ? [index] : []));
  });
  const target = rowKeys(left, left.map((_column, index) => index), ordered);
  const found = search(candidates, right.map((column) => column.join('\u0000')), (mapping) => rowKeys(right, mapping, ordered) === target);
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

/**
 * Tries the ways to give each gold column its own column of the answer, columns with the fewest candidates first. Columns
 * of equal content are interchangeable, so only the first free one of them is tried.
 */
function search(candidates: readonly (readonly number[])[], contents: readonly string[], fits: (mapping: readonly number[]) => boolean): boolean {
  if (candidates.some((columns) => columns.length === 0)) return false;
  const order = candidates.map((_columns, index) => index).sort((a, b) => (candidates[a]?.length ?? 0) - (candidates[b]?.length ?? 0));
  const mapping: number[] = candidates.map(() => -1);
  let tries = 0;
  const place = (depth: number): boolean => {
    tries += 1;
    if (tries > mostTries) return false;
    const goldColumn = order[depth];
    if (goldColumn === undefined) return fits(mapping);
    const tried = new Set<string>();
    for (const column of candidates[goldColumn] ?? []) {
      const content = contents[column] ?? '';
      if (mapping.includes(column) || tried.has(content)) continue;
      tried.add(content);
      mapping[goldColumn] = column;
      if (place(depth + 1)) return true;
      mapping[goldColumn] = -1;
    }
    return false;
  };
  return place(0);
}
