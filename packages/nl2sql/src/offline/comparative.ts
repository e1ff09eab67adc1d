import { peek, takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import { readNumberComparison } from './comparison.js';
import type { Comparison, Condition } from './request.js';

const money = ['price', 'cost', 'fee', 'amount', 'fare', 'rate'];
const comparatives: readonly (readonly [string, Comparison, readonly string[]])[] = [
  ['cheaper than', '<', money],
  ['less expensive than', '<', money],
  ['more expensive than', '>', money],
  ['pricier than', '>', money],
  ['longer than', '>', ['duration', 'length', 'minute', 'hour']],
  ['shorter than', '<', ['duration', 'length', 'minute', 'hour']],
  ['taller than', '>', ['height', 'floor']],
  ['heavier than', '>', ['weight']],
  ['lighter than', '<', ['weight']],
];

const verbHints = new Map<string, readonly string[]>([
  ['cost', money], ['costs', money], ['costing', money], ['priced', money], ['selling', money],
  ['earn', ['salary', 'wage', 'pay', 'income']], ['earns', ['salary', 'wage', 'pay', 'income']], ['earning', ['salary', 'wage', 'pay', 'income']], ['earned', ['salary', 'wage', 'pay', 'income']], ['paid', ['salary', 'wage', 'pay', 'amount']], ['making', ['salary', 'wage', 'income']],
  ['weigh', ['weight']], ['weighs', ['weight']], ['weighing', ['weight']],
]);

/** Words a column may be named after when a verb stands for it: "costing" for price, cost or fee. */
export function comparativeHints(verb: string): readonly string[] | null {
  return verbHints.get(verb.toLowerCase()) ?? null;
}

/** Reads "cheaper than 20", "earning more than 50000". */
export function readComparative(cursor: Cursor): Extract<Condition, { kind: 'compare' }> | null {
  const from = cursor.position;
  for (const [phrase, comparison, hints] of comparatives) {
    if (takePhrase(cursor, [phrase]) === null) continue;
    const number = peek(cursor);
    if (number?.kind === 'number' && number.value !== null) {
      cursor.position += 1;
      return { kind: 'compare', attribute: null, aggregate: null, hints, comparison, value: number.value, to: null };
    }
    cursor.position = from;
    return null;
  }
  const hints = verbHints.get(wordAt(cursor));
  if (hints === undefined) return null;
  cursor.position += 1;
  const compared = readNumberComparison(cursor, false);
  if (compared === null) {
    cursor.position = from;
    return null;
  }
  return { kind: 'compare', attribute: null, aggregate: null, hints, ...compared };
}
