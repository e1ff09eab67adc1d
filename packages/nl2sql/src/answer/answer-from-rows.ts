import { columnKind } from './column-kind.js';
import { columnLabel } from './column-label.js';
import { formatPeriod } from './format-period.js';
import { formatName, formatQuantity } from './format-value.js';
import type { ResultColumn } from './result-column.js';
import { rowName } from './row-name.js';

type Row = Readonly<Record<string, unknown>>;

export interface AnswerInput {
  readonly question: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  /** Whether more rows exist than are given. */
  readonly truncated: boolean;
  /** How many rows exist, when that is known though not all are given. */
  readonly totalRows?: number;
  /** For digits. @default 'en-US' */
  readonly locale?: string;
}

export interface Answer {
  /** One or two sentences of plain text. */
  readonly sentence: string;
}

const listed = 5;

/**
 * Says what rows say, without a model: every figure in the sentence stands in a row, or counts them.
 *
 * @example
 * answerFromRows({ question: 'How many students are there?', columns: [{ name: 'count', type: 'int8' }], rows: [{ count: 520 }], truncated: false })
 * // { sentence: 'The count is 520.' }
 */
export function answerFromRows(input: AnswerInput): Answer {
  const { columns, rows, locale = 'en-US' } = input;
  const first = rows[0];
  if (first === undefined || columns.length === 0) return { sentence: 'No rows match the question.' };
  const kinds = columns.map((column) => columnKind(column, rows.map((row) => row[column.name])));
  const show = (column: number, row: Row) => {
    const value = row[columns[column]?.name ?? ''];
    if (kinds[column] === 'quantity') return formatQuantity(value, locale);
    return kinds[column] === 'time' ? formatPeriod(columns[column]?.name ?? '', value, locale) : formatName(value, locale);
  };
  const label = (column: number) => columnLabel(columns[column]?.name ?? '');
  if (rows.length === 1 && !input.truncated) return { sentence: columns.length === 1 ? singleValue(label(0), show(0, first), first[columns[0]?.name ?? '']) : oneRow(columns.map((_, index) => `${label(index)} ${show(index, first)}`)) };
  if (columns.length === 1) return { sentence: oneColumn(input, label(0), rows.slice(0, listed).map((row) => show(0, row))) };

  const quantities = kinds.flatMap((kind, index) => (kind === 'quantity' ? [index] : []));
  const measure = quantities[0];
  const naming = rowName(columns, kinds);
  const nameOf = (row: Row) => (naming.length === 0 ? show(0, row) : naming.map((column) => show(column, row)).join(' '));
  const count = counted(input);
  if (measure === undefined || naming.length === 0 || columns.length > 4) {
    return { sentence: `${count}. ${rows.length <= 3 ? 'They are' : 'The first are'} ${joined(rows.slice(0, 3).map(nameOf))}.` };
  }
  const overTime = naming.every((column) => kinds[column] === 'time');
  return { sentence: `${count}. ${extremes(rows, columns[measure]?.name ?? '', nameOf, (row) => show(measure, row), label(measure).replace(/^number of /, ''), overTime)}` };
}

function singleValue(label: string, shown: string, value: unknown): string {
  if (value === null || value === undefined) return `There is no ${label} for this question.`;
  const generic = /^(?:\?column\?|count|total|result|value)$/.test(label);
  return generic && label !== 'count' && label !== 'total' ? `The answer is ${shown}.` : `The ${label.replace(/^(?:the )/, '')} is ${shown}.`;
}

function oneRow(pairs: readonly string[]): string {
  const shown = pairs.slice(0, 8);
  const rest = pairs.length - shown.length;
  return `One row matches: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more columns` : ''}.`;
}

function oneColumn(input: AnswerInput, label: string, shown: readonly string[]): string {
  const { rows, truncated } = input;
  if (truncated) return `There are ${allOf(input)} rows; the first ${plural(label, 2)} are ${joined(shown)}.`;
  return rows.length <= listed ? `There are ${rows.length} ${plural(label, rows.length)}: ${joined(shown)}.` : `There are ${rows.length} ${plural(label, rows.length)}, among them ${joined(shown)}.`;
}

function counted(input: AnswerInput): string {
  return input.truncated ? `There are ${allOf(input)} rows; these are the first ${input.rows.length}` : `There are ${input.rows.length} rows`;
}

function allOf({ rows, totalRows, locale = 'en-US' }: AnswerInput): string {
  return totalRows === undefined ? `more than ${rows.length}` : formatQuantity(totalRows, locale);
}

function extremes(rows: readonly Row[], measure: string, name: (row: Row) => string, value: (row: Row) => string, label: string, overTime: boolean): string {
  const known = rows.filter((row) => row[measure] !== null && row[measure] !== undefined && Number.isFinite(Number(row[measure])));
  const [head] = known;
  if (head === undefined) return `No row has a ${label}.`;
  const highest = known.reduce((best, row) => (Number(row[measure]) > Number(best[measure]) ? row : best), head);
  const lowest = known.reduce((best, row) => (Number(row[measure]) < Number(best[measure]) ? row : best), head);
  if (Number(highest[measure]) === Number(lowest[measure])) return `Every ${label} is ${value(highest)}.`;
  const where = overTime ? 'in' : 'for';
  // A plural is a count of things: "the highest students" would be something else.
  if (/[^s]s$/.test(label) && known.every((row) => Number.isInteger(Number(row[measure])))) {
    return overTime
      ? `The most ${label} are in ${name(highest)}, ${value(highest)}, the fewest in ${name(lowest)}, ${value(lowest)}.`
      : `${name(highest)} has the most ${label}, ${value(highest)}, and ${name(lowest)} the fewest, ${value(lowest)}.`;
  }
  return `The highest ${withoutRank(label)} is ${value(highest)} ${where} ${name(highest)}, the lowest ${value(lowest)} ${where} ${name(lowest)}.`;
}

function withoutRank(label: string): string {
  return label.replace(/^(?:highest|lowest) /, '');
}

function joined(items: readonly string[]): string {
  return items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function plural(label: string, count: number): string {
  if (count === 1 || /(?:s|data|information)$/.test(label)) return label;
  if (/[^aeiou]y$/.test(label)) return `${label.slice(0, -1)}ies`;
  return /(?:x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`;
}
