import type { Column, Node } from './schema-graph.js';
import { holdsPeople } from './holds-people.js';
import { stem } from './stem.js';

const bookkeeping = new Set(['created', 'updated', 'modified', 'inserted', 'deleted', 'loaded', 'crtd']);
/** Words of dates that say when a person was born or died. */
export const personalDates = new Set(['birth', 'dob', 'birthday', 'birthdate', 'death', 'died']);

/** The columns of a relation that can say when a row happened: dates, timestamps and, for whole years, years. */
export function timeColumns(node: Node, wholeYears: boolean): readonly Column[] {
  const chosen = node.relation.timeColumn === null ? undefined : node.columns.get(node.relation.timeColumn);
  if (chosen !== undefined) return [chosen];
  // People do not happen at a time: "students in 2022" needs a verb or a time column in the overlay.
  if (holdsPeople(node)) return [];
  const dates = [...node.columns.values()].filter((column) => isTime(column, wholeYears) && !column.words.some((word) => personalDates.has(word)));
  const own = dates.filter((column) => column.words.some((word) => node.words.some((name) => stem(name) === stem(word))));
  if (own.length === 1) return own;
  const events = dates.filter((column) => !column.words.some((word) => bookkeeping.has(word)));
  const candidates = events.length > 0 ? events : dates;
  // What each row has a day of happened then; what may be missing came later. A span of time is neither of its ends.
  const spans = candidates.some((column) => column.words.some((word) => /^(start|starting|begin|end|ending|due|from|to|until|valid|expire|expiry|planned|scheduled)/.test(word)));
  const always = candidates.filter(({ column }) => !column.nullable);
  return !spans && always.length === 1 ? always : candidates;
}

/** When a row says nothing of time itself, that of the row it belongs to: an order line happened when its order did. */
export function parentTimeColumns(node: Node, wholeYears: boolean): readonly Column[] {
  return node.parents.filter((edge) => edge.parent !== node && isRequired(edge.child, edge.key.from.columns)).flatMap((edge) => timeColumns(edge.parent, wholeYears).filter((column) => column.kind !== 'number' && !holdsPeople(column.node)));
}

function isRequired(node: Node, columns: readonly string[]): boolean {
  return columns.every((name) => node.columns.get(name)?.column.nullable === false);
}

export function isTime(column: Column, wholeYears: boolean): boolean {
  if (column.kind === 'date' || column.kind === 'timestamp') return true;
  return wholeYears && isYear(column);
}

/** A number that is a year by its name or its comment. */
export function isYear(column: Column): boolean {
  return column.kind === 'number' && (column.words.includes('year') || column.words.includes('yr') || /^year\b/i.test(column.column.comment ?? ''));
}
