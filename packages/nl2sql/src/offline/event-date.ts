import { mentionHere, takePhrase, textOf, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Link } from './link.js';
import type { Mention, NounPhrase } from './request.js';
import { timeColumns } from './time-column.js';

const ends: readonly (readonly ['min' | 'max', readonly string[]])[] = [
  ['max', ['most recent', 'latest', 'newest', 'last']],
  ['min', ['earliest', 'oldest', 'first']],
];

/** Reads "date of the latest order", "first order date" and, after "when was", "the earliest order": the first or last of the days on which something happened. */
export function readEventDate(cursor: Cursor, when: boolean): NounPhrase | null {
  const from = cursor.position;
  takePhrase(cursor, ['the', 'a']);
  const announced = takePhrase(cursor, ['date of the', 'dates of the', 'day of the', 'date of']) !== null;
  takePhrase(cursor, ['the']);
  const found = ends.find(([, words]) => takePhrase(cursor, words) !== null)?.[0];
  const head = found === undefined ? null : readEvent(cursor, announced || when);
  if (found === undefined || head === null) {
    cursor.position = from;
    return null;
  }
  return { text: textOf(cursor, from, cursor.position - from), aggregate: found, distinct: false, superlative: null, before: [], head, name: null, key: null, of: null };
}

function readEvent(cursor: Cursor, announced: boolean): Mention | null {
  const dates = mentionHere(cursor, ['column']);
  const named = dates?.links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp')) ?? [];
  if (dates !== null && named.length > 0 && /\bdates?$/i.test(dates.text)) {
    cursor.position += dates.length;
    return { text: dates.text, links: named };
  }
  const event = mentionHere(cursor, ['relation']);
  if (event === null || (!announced && !/^dates?$/.test(wordAt(cursor, event.length)))) return null;
  const links = event.links.flatMap((link): Link[] => (link.kind === 'relation' ? timeColumns(link.node, false).map((column) => ({ kind: 'column', column, cost: link.cost })) : []));
  if (links.length === 0) return null;
  cursor.position += event.length;
  takePhrase(cursor, ['date', 'dates']);
  return { text: event.text, links };
}
