import { mentionHere, takePhrase, textOf } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Link } from './link.js';
import type { Mention } from './request.js';

const versus: readonly string[] = ['vs ,', 'vs', 'versus', 'compared to', 'compared with', 'against'];

type ValueLink = Extract<Link, { kind: 'value' }>;

/**
 * Takes in what "or", "and" and commas add to a value before a noun or a preposition: "history, crime and science
 * books" are books of any of the three, because a row holds one value of a column. Values of different columns are not
 * alternatives of each other.
 */
export function withAlternatives(cursor: Cursor, first: Mention): Mention {
  let current = first;
  const start = cursor.position;
  let from = start;
  for (;;) {
    const joined = takePhrase(cursor, [', or', ', and', 'or', 'and', ...versus, ',']);
    const next = joined === null ? null : mentionHere(cursor, ['value']);
    const links = next === null ? [] : merged(current.links, next.links, { ...(joined?.includes('and') === true ? { and: true } : {}), ...(versus.includes(joined ?? '') ? { versus: true } : {}) });
    if (next === null || links.length === 0) {
      cursor.position = from;
      return current;
    }
    cursor.position += next.length;
    current = { text: `${first.text} ${textOf(cursor, start, cursor.position - start)}`, links };
    from = cursor.position;
  }
}

function merged(left: readonly Link[], right: readonly Link[], joint: Pick<ValueLink, 'and' | 'versus'>): readonly Link[] {
  return left.flatMap((a) => (isWord(a) ? right.filter((b): b is ValueLink => isWord(b) && b.column === a.column).map((b): ValueLink => ({ ...a, values: [...new Set([...a.values, ...b.values])], ...joint, cost: Math.max(a.cost, b.cost) })) : []));
}

function isWord(link: Link): link is ValueLink {
  return link.kind === 'value' && link.values.every((value) => typeof value === 'string');
}
