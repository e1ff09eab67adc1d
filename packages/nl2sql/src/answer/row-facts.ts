import type { AnswerInput } from './answer-from-rows.js';
import { saidNumbers, type SaidNumber } from './said-numbers.js';

/** What the rows of a result say about numbers. Rows are named by their place. */
export interface RowFacts {
  /** True of the result as a whole: how many rows or distinct values, a total, an average, a range, a number of the question. */
  ofResult(said: SaidNumber): boolean;
  /** True of these rows: a value, part of a date or text, a bound, a share, their own total or average. */
  ofRows(said: SaidNumber, rows: readonly number[]): boolean;
  /** True between one of these rows and another one: a difference, a change in per cent, a multiple. */
  between(said: SaidNumber, rows: readonly number[]): boolean;
  /** True of one row at least, or between two of them. */
  ofAnyRow(said: SaidNumber): boolean;
}

/** With more rows than this, differences between all pairs are too many, and would explain any number. */
const mostPaired = 60;

interface NumberColumn {
  /** By row; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly sum: number;
}

/** Makes the facts of a result. */
export function rowFacts(input: AnswerInput, sentence: string): RowFacts {
  const bounds = saidNumbers(sentence).filter(({ comparison }) => comparison !== null);
  const { rows } = input;
  const numberColumns = input.columns.map(({ name }): NumberColumn => {
    const values = rows.map((row) => asNumber(row[name]));
    return { values, sum: sumOf(present(values)) };
  });
  const texts = rows.map((row) => new Set(input.columns.flatMap(({ name }) => digitsIn(row[name]))));
  const whole = wholeFacts(input, numberColumns);
  const nameDigits = new Set(input.columns.flatMap(({ name }) => digitsIn(name)));

  const ofRow = (said: SaidNumber, row: number): boolean => {
    if (texts[row]?.has(String(Math.abs(said.value))) === true) return true;
    return numberColumns.some(({ values, sum }) => {
      const value = values[row];
      if (value === null || value === undefined) return false;
      if (matches(said, value) || holds(said, value)) return true;
      return said.percent && (matches(said, value * 100) || (sum !== 0 && matches(said, (100 * value) / sum)));
    });
  };
  const paired = (said: SaidNumber, from: readonly number[]): boolean =>
    rows.length <= mostPaired && numberColumns.some(({ values }) => from.some((row) => values.some((other, place) => place !== row && isBetween(said, values[row] ?? null, other))));

  return {
    ofResult: (said) => whole.some((value) => matches(said, value)) || nameDigits.has(String(Math.abs(said.value))) || (said.role === 'rank' && said.value <= rows.length),
    ofRows: (said, places) => places.some((row) => ofRow(said, row)) || (places.length > 1 && groupHolds(said, places, numberColumns)),
    between: paired,
    ofAnyRow: (said) => rows.some((_row, place) => ofRow(said, place)) || paired(said, rows.map((_row, place) => place)) || countsBeyond(said, bounds, rows.length, numberColumns),
  };
}

function wholeFacts(input: AnswerInput, numberColumns: readonly NumberColumn[]): readonly number[] {
  const { rows, columns } = input;
  const known = [rows.length, 0, 1, ...saidNumbers(input.question).map(({ value }) => value)];
  columns.forEach(({ name }, index) => {
    const values = rows.map((row) => row[name]);
    known.push(new Set(values.map(String)).size, values.filter((value) => value === null || value === undefined).length);
    const numbers = present(numberColumns[index]?.values ?? []);
    if (numbers.length > 0) known.push(sumOf(numbers), sumOf(numbers) / numbers.length, Math.max(...numbers) - Math.min(...numbers));
  });
  return known;
}

/** What several rows say together: how many they are, how many different values they hold, their total, share and average. */
function groupHolds(said: SaidNumber, places: readonly number[], numberColumns: readonly NumberColumn[]): boolean {
  if (matches(said, places.length)) return true;
  return numberColumns.some(({ values, sum }) => {
    const own = present(places.map((row) => values[row] ?? null));
    if (own.length === 0) return false;
    const total = sumOf(own);
    return matches(said, total) || matches(said, total / own.length) || matches(said, Math.max(...own) - Math.min(...own)) || (said.percent && sum !== 0 && matches(said, (100 * total) / sum));
  });
}

/** A difference, a change in per cent or a multiple of two values of one column. */
function isBetween(said: SaidNumber, a: number | null, b: number | null): boolean {
  if (a === null || b === null) return false;
  if (matches(said, Math.abs(a - b))) return true;
  const ratios = [...(b === 0 ? [] : [a / b]), ...(a === 0 ? [] : [b / a])];
  if (said.role === 'multiple') return ratios.some((ratio) => matches(said, ratio));
  return said.percent && ratios.some((ratio) => matches(said, 100 * ratio) || matches(said, Math.abs(100 * (ratio - 1))));
}

/** Whether a bound is true of a value: "more than 20" of 25. */
function holds(said: SaidNumber, value: number): boolean {
  switch (said.comparison) {
    case '>':
      return value > said.value;
    case '>=':
      return value >= said.value;
    case '<':
      return value < said.value;
    case '<=':
      return value <= said.value;
    case null:
      return false;
  }
}

/** Whether this many rows are beyond a bound of the same sentence: "2 departments have more than 500 students". */
function countsBeyond(said: SaidNumber, bounds: readonly SaidNumber[], rowCount: number, numberColumns: readonly NumberColumn[]): boolean {
  if (said.role !== 'figure' || !Number.isInteger(said.value) || said.value >= rowCount) return false;
  return bounds.some((bound) => numberColumns.some(({ values }) => present(values).filter((value) => holds(bound, value)).length === said.value));
}

/** Whether a value rounds to what was said. Whole numbers are only taken exactly, unless a unit ("thousand") rounds them. */
export function matches(said: SaidNumber, value: number): boolean {
  const slack = said.tolerance > 0 && (said.text.includes('.') || said.percent || !Number.isInteger(value) || said.tolerance > 0.5) ? said.tolerance * (1 + 1e-9) : 1e-9;
  return Math.abs(Math.abs(said.value) - Math.abs(value)) <= slack + Math.abs(value) * 1e-12;
}

function present(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Parts of dates and names: "2024-03-01", "Room 12". */
function digitsIn(value: unknown): readonly string[] {
  if (asNumber(value) !== null || (typeof value !== 'string' && !(value instanceof Date))) return [];
  return [...(value instanceof Date ? value.toISOString() : value).matchAll(/\d+/g)].map(([found]) => String(Number(found)));
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
}
