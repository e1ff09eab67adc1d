import type { AnswerInput } from './answer-from-rows.js';
import { columnKind } from './column-kind.js';

/** A row's name in a sentence, and the rows that have it. */
export interface LabelMention {
  /** The column whose value it is. */
  readonly column: string;
  readonly text: string;
  readonly rows: readonly number[];
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const longestLabel = 80;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Finds the names of rows in a sentence: values of text columns, and of times where no text tells the rows apart. */
export function labelMentions(sentence: string, input: AnswerInput): readonly LabelMention[] {
  const folded = sentence.toLowerCase();
  const found: LabelMention[] = [];
  const whole = labels(input);
  for (const { column, label, rows, part } of [...whole, ...shortened(whole)].sort((a, b) => b.label.length - a.label.length)) {
    // Short names and parts of names are only taken as they are written.
    const exact = label.length < 4 || part;
    const [text, wanted] = exact ? [sentence, label] : [folded, label.toLowerCase()];
    for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + 1)) {
      const end = start + wanted.length;
      const alone = !/[\p{L}\p{N}]/u.test(sentence[start - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(sentence[end] ?? ' ');
      if (alone && !found.some((other) => start < other.end && other.start < end)) found.push({ column, text: sentence.slice(start, end), rows, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

interface Label {
  readonly column: string;
  readonly label: string;
  readonly rows: readonly number[];
  /** A short form that a sentence may use for the name. */
  readonly part: boolean;
}

/** First and last words and initials, where only one name has them: "CS" or "Computer" for Computer Science. */
function shortened(whole: readonly Label[]): readonly Label[] {
  const owners = new Map<string, Set<Label>>();
  for (const label of whole) {
    const words = label.label.split(/[\s,]+/).filter((word) => /\p{L}/u.test(word));
    if (words.length < 2) continue;
    const initials = words.map((word) => word[0] ?? '').join('');
    for (const form of [words[0] ?? '', words.at(-1) ?? '', ...(/^\p{Lu}{2,}$/u.test(initials) ? [initials] : [])]) {
      if (form === initials || (form.length >= 4 && /^\p{Lu}/u.test(form))) owners.set(form, (owners.get(form) ?? new Set()).add(label));
    }
  }
  return [...owners].flatMap(([form, labelled]) => {
    const [only, ...others] = labelled;
    return only === undefined || others.length > 0 || whole.some(({ label }) => label === form) ? [] : [{ ...only, label: form, part: true }];
  });
}

function labels(input: AnswerInput): Label[] {
  const kinds = input.columns.map((column) => columnKind(column, input.rows.map((row) => row[column.name])));
  const texts = input.columns.filter((_column, index) => kinds[index] === 'category').flatMap(({ name }) => columnLabels(name, input, (value) => (typeof value === 'string' && /\p{L}/u.test(value) ? [value.trim()] : [])));
  const toldApart = texts.length > 0 && input.columns.some((_column, index) => kinds[index] === 'category' && new Set(input.rows.map((row) => row[input.columns[index]?.name ?? ''])).size === input.rows.length);
  if (toldApart) return texts;
  return [...texts, ...input.columns.filter((_column, index) => kinds[index] === 'time').flatMap(({ name }) => columnLabels(name, input, timeWritings(input.rows.map((row) => row[name]))))];
}

function columnLabels(column: string, input: AnswerInput, writings: (value: unknown) => readonly string[]): readonly Label[] {
  const byLabel = new Map<string, number[]>();
  input.rows.forEach((row, place) => {
    for (const writing of writings(row[column])) if (writing !== '' && writing.length <= longestLabel) byLabel.set(writing, [...(byLabel.get(writing) ?? []), place]);
  });
  return [...byLabel].map(([label, rows]) => ({ column, label, rows, part: false }));
}

/** The ways in which people write the times of a column: `2024-03-01` of a column of months is "March 2024". */
function timeWritings(values: readonly unknown[]): (value: unknown) => readonly string[] {
  const parts = values.map(dateParts);
  const monthly = parts.every((part) => part === null || part.day === 1);
  const yearly = monthly && parts.every((part) => part === null || part.month === 1);
  const oneYear = new Set(parts.map((part) => part?.year)).size === 1;
  return (value) => {
    if (/^\d{4}$/.test(String(value))) return [String(value)];
    const part = dateParts(value);
    if (part === null) return [];
    const iso = `${part.year}-${String(part.month).padStart(2, '0')}`;
    const name = months[part.month - 1] ?? '';
    if (yearly) return [String(part.year), `${iso}-01`];
    const forms = (month: string) => (monthly ? [`${month} ${part.year}`, ...(oneYear ? [month] : [])] : [`${month} ${part.day}, ${part.year}`, `${part.day} ${month} ${part.year}`, ...(oneYear ? [`${month} ${part.day}`, `${part.day} ${month}`] : [])]);
    return [`${iso}-${String(part.day).padStart(2, '0')}`, ...(monthly ? [iso] : []), ...forms(name), ...forms(name.slice(0, 3))];
  };
}

function dateParts(value: unknown): { readonly year: number; readonly month: number; readonly day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value instanceof Date ? value.toISOString() : String(value));
  return match === null ? null : { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}
