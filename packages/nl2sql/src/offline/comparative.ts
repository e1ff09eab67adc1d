import { readAverageComparison } from './average-comparison.js';
import { readNumberComparison } from './comparison.js';
import type { NumberComparison } from './comparison.js';
import { mentionHere, takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Comparison, Condition } from './request.js';
import { lengths, money, pay, size } from './scale-words.js';

const comparatives: readonly (readonly [string, Comparison, readonly string[]])[] = [
  ['cheaper than', '<', money],
  ['less expensive than', '<', money],
  ['more expensive than', '>', money],
  ['pricier than', '>', money],
  ['longer than', '>', lengths],
  ['shorter than', '<', lengths],
  ['larger than', '>', size],
  ['bigger than', '>', size],
  ['smaller than', '<', size],
  ['taller than', '>', ['height', 'floor']],
  ['heavier than', '>', ['weight']],
  ['lighter than', '<', ['weight']],
];

const verbHints = new Map<string, readonly string[]>([
  ['cost', money], ['costs', money], ['costing', money], ['priced', money], ['selling', money],
  ['earn', pay], ['earns', pay], ['earning', pay], ['earned', pay], ['paid', [...pay, 'amount']], ['making', pay],
  ['weigh', ['weight']], ['weighs', ['weight']], ['weighing', ['weight']],
  ['lasting', lengths], ['lasts', lengths], ['lasted', lengths],
]);

/** Words a column may be named after when a verb stands for it: "costing" for price, cost or fee. */
export function comparativeHints(verb: string): readonly string[] | null {
  return verbHints.get(verb.toLowerCase()) ?? null;
}

/** Whether a comparison that needs no noun begins here: "cost more than 20", "earns the most". */
export function startsComparative(cursor: Cursor): boolean {
  return comparativeHints(wordAt(cursor)) !== null && readComparative({ ...cursor }) !== null;
}

/** Reads "cheaper than 20", "earning more than 50000", "priced above average", "(who) earns the most". */
export function readComparative(cursor: Cursor): Condition | null {
  const from = cursor.position;
  for (const [phrase, comparison, hints] of comparatives) {
    if (takePhrase(cursor, [phrase]) === null) continue;
    const number = readNumberComparison(cursor, true);
    if (number !== null && number.comparison === '=') return compared(cursor, hints, { ...number, comparison });
    cursor.position = from;
    return null;
  }
  const hints = verbHints.get(wordAt(cursor));
  if (hints === undefined) return null;
  const word = wordAt(cursor);
  cursor.position += 1;
  const number = readNumberComparison(cursor, false);
  if (number !== null) return compared(cursor, hints, number);
  const average = readAverageComparison(cursor);
  if (average !== null) return { kind: 'average', attribute: average.attribute, hints, comparison: average.comparison };
  const extreme = takePhrase(cursor, ['the most', 'the least', 'most', 'least']);
  if (extreme !== null && mentionHere(cursor) === null) {
    const superlative = { direction: extreme.endsWith('most') ? 'desc' : 'asc', count: 1, open: false, hints, word: `${word} ${extreme}` } as const;
    return { kind: 'phrase', phrase: { text: superlative.word, aggregate: null, distinct: false, superlative, before: [], head: null, name: null, key: null, of: null }, negated: false, role: 'with', via: null, or: false };
  }
  // "lasted longer than 45 minutes"
  const nested = cursor.position === from + 1 ? readComparative(cursor) : null;
  if (nested === null) cursor.position = from;
  return nested;
}

/** "longer than 10 hours": a unit that is a column of its own says what is compared. */
function compared(cursor: Cursor, hints: readonly string[], number: NumberComparison): Condition {
  const unit = mentionHere(cursor, ['column']);
  const own = unit?.links.filter((link) => link.kind === 'column' && link.column.kind === 'number') ?? [];
  if (unit === null || own.length === 0) return { kind: 'compare', attribute: null, aggregate: null, hints, ...number };
  cursor.position += unit.length;
  return { kind: 'compare', attribute: { text: unit.text, links: own }, aggregate: null, hints, ...number };
}
