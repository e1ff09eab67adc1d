import { columnKind } from './column-kind.js';
import type { ColumnKind } from './column-kind.js';
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
    if (kinds[column] === 'quantity') return `${formatQuantity(value, locale)}${value !== null && value !== undefined && isPercentage(columns[column]?.name ?? '', rows) ? '%' : ''}`;
    return kinds[column] === 'time' ? formatPeriod(columns[column]?.name ?? '', value, locale) : shortened(formatName(value, locale));
  };
  const label = (column: number) => columnLabel(columns[column]?.name ?? '');
  if (rows.length === 1 && !input.truncated) return { sentence: columns.length === 1 ? singleValue(label(0), show(0, first), first[columns[0]?.name ?? ''], kinds[0]) : kinds.every((kind) => kind === 'quantity') ? figures(columns.map((_, index) => `${label(index)} ${show(index, first)}`)) : oneRow(columns.map((_, index) => `${label(index)} ${show(index, first)}`)) };
  if (columns.length === 1) return { sentence: oneColumn(input, label(0), rows.slice(0, listed).map((row) => show(0, row))) };

  const quantities = kinds.flatMap((kind, index) => (kind === 'quantity' ? [index] : []));
  const measure = quantities[0];
  const naming = namingOf(columns, kinds, rows);
  const part = (column: number, row: Row): string => {
    const value = row[columns[column]?.name ?? ''];
    if (value === null || value === undefined) return `no ${label(column)}`;
    if (kinds[column] === 'flag') return `${label(column)} ${show(column, row)}`;
    return isIdentifier(columns[column]?.name ?? '') && naming.columns.length === 1 ? `${label(column).replace(/ (?:id|key)$/, '')} ${show(column, row)}` : show(column, row);
  };
  const nameOf = (row: Row) => (naming.columns.length === 0 ? show(0, row) : naming.columns.map((column) => part(column, row)).join(naming.separator));
  const count = counted(input);
  if (measure === undefined || naming.columns.length === 0 || columns.length > 4) {
    return { sentence: `${count}. ${rows.length <= 3 ? 'They are' : 'The first are'} ${joined(rows.slice(0, 3).map(nameOf))}.` };
  }
  const overTime = naming.columns.every((column) => kinds[column] === 'time');
  return { sentence: `${count}. ${extremes(rows, columns[measure]?.name ?? '', nameOf, (row) => show(measure, row), label(measure).replace(/^number of /, ''), { overTime, partial: input.truncated })}` };
}

function singleValue(label: string, shown: string, value: unknown, kind: ColumnKind | undefined): string {
  if (value === null || value === undefined) return `There is no ${label} for this question.`;
  if (kind === 'flag') return `The answer is ${shown}.`;
  // "hired on" is no noun.
  if (/ (?:on|at)$/.test(label)) return `${label.charAt(0).toUpperCase()}${label.slice(1)} ${shown}.`;
  const generic = /^(?:\?column\?|count|total|result|value)$/.test(label);
  return generic && label !== 'count' && label !== 'total' ? `The answer is ${shown}.` : `The ${label.replace(/^(?:the )/, '')} is ${shown}.`;
}

function figures(pairs: readonly string[]): string {
  return `The figures are ${joined(pairs.slice(0, 8))}.`;
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

function extremes(rows: readonly Row[], measure: string, name: (row: Row) => string, value: (row: Row) => string, label: string, { overTime, partial }: { readonly overTime: boolean; readonly partial: boolean }): string {
  const known = rows.filter((row) => row[measure] !== null && row[measure] !== undefined && Number.isFinite(Number(row[measure])));
  const [head] = known;
  if (head === undefined) return `No row has a ${label}.`;
  const missing = rows.length - known.length;
  const rest = missing === 0 ? '' : missing === 1 ? ` One row has no ${label}.` : ` ${missing} rows have no ${label}.`;
  const where = overTime ? 'in' : 'for';
  if (known.length === 1) return `The only ${label} is ${value(head)} ${where} ${name(head)}.${rest}`;
  const figure = (row: Row): number => Number(row[measure]);
  const [most, least] = [known.reduce((best, row) => (figure(row) > figure(best) ? row : best), head), known.reduce((best, row) => (figure(row) < figure(best) ? row : best), head)];
  if (figure(most) === figure(least)) return `Every ${label} is ${value(most)}.${rest}`;
  // Who shares the first place must not be passed over.
  const all = (of: Row): string => sharing(known.filter((row) => figure(row) === figure(of)).map(name));
  const shared = (of: Row): boolean => known.some((row) => row !== of && figure(row) === figure(of));
  const among = partial ? 'Among these, the' : 'The';
  // A plural is a count of things: "the highest students" would be something else.
  if (/[^s]s$/.test(label) && known.every((row) => Number.isInteger(figure(row)))) {
    if (overTime) return `${among} most ${label} are in ${all(most)}, ${value(most)}, the fewest in ${all(least)}, ${value(least)}.${rest}`;
    const [has, of] = [shared(most) ? 'have' : 'has', partial ? 'Among these, ' : ''];
    return `${of}${all(most)} ${has} the most ${label}, ${value(most)}, and ${all(least)} the fewest, ${value(least)}.${rest}`;
  }
  return `${among} highest ${withoutRank(label)} is ${value(most)} ${where} ${all(most)}, the lowest ${value(least)} ${where} ${all(least)}.${rest}`;
}

const named = 3;

function sharing(names: readonly string[]): string {
  return names.length <= named ? joined(names) : `${names.slice(0, named - 1).join(', ')} and ${names.length - named + 1} others`;
}

/** What tells the rows apart for people: what names them or, where that repeats, their id or all that they are grouped by. */
function namingOf(columns: readonly ResultColumn[], kinds: readonly ColumnKind[], rows: readonly Row[]): { readonly columns: readonly number[]; readonly separator: string } {
  const naming = rowName(columns, kinds);
  const distinct = (chosen: readonly number[]): boolean => new Set(rows.map((row) => JSON.stringify(chosen.map((column) => String(row[columns[column]?.name ?? '']))))).size === rows.length;
  if (naming.length === 0 || distinct(naming)) return { columns: naming, separator: ' ' };
  const id = kinds.findIndex((kind, index) => kind === 'category' && isIdentifier(columns[index]?.name ?? '') && distinct([index]));
  if (id >= 0) return { columns: [id], separator: ' ' };
  const groups = kinds.flatMap((kind, index) => (kind === 'category' || kind === 'flag' || kind === 'time' ? [index] : []));
  return groups.length <= 3 && distinct(groups) ? { columns: groups, separator: ', ' } : { columns: naming, separator: ' ' };
}

function isIdentifier(name: string): boolean {
  return /(?:^|_)(?:id|key)$/i.test(name);
}

/** Percentages by name; of values that are all small it is not known whether 0.4 is 40% or 0.4%. */
function isPercentage(name: string, rows: readonly Row[]): boolean {
  return /(?:^|_)(?:percentage|percent|pct)$/i.test(name) && rows.some((row) => Math.abs(Number(row[name])) > 1);
}

const longest = 120;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
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
