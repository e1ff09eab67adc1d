import type { Link } from './link.js';
import { NotUnderstood } from './not-understood.js';
import type { Reading } from './reading.js';
import type { Mention, NounPhrase, Request } from './request.js';

type ValueLink = Extract<Link, { kind: 'value' }>;

/** "open vs shipped orders", "compare red and white wines": one figure for each of the values. */
export function groupComparedValues(request: Request, reading: Reading): Request {
  const compared = mentionsOf(request).map((mention) => reading.pick(mention)).filter((link): link is ValueLink => link.kind === 'value' && link.values.length > 1 && (link.versus === true || (request.compares && link.and === true)));
  const [first, ...more] = compared;
  if (first === undefined) {
    if (request.compares && request.periods.length === 0) throw new NotUnderstood('I cannot tell what is to be compared. Say for example "orders in 2023 vs 2024" or "open vs shipped orders".');
    return request;
  }
  if (more.length > 0 || request.periods.length > 0) throw new NotUnderstood('The question compares more than one thing at once.');
  const column: Mention = { text: first.column.column.name, links: [{ kind: 'column', column: first.column, cost: 0 }] };
  return { ...request, compares: false, groups: [...request.groups, { kind: 'phrase', phrase: { text: column.text, aggregate: null, distinct: false, superlative: null, before: [], head: column, name: null, key: null, of: null }, each: true }] };
}

function mentionsOf(request: Request): readonly Mention[] {
  const mentions: Mention[] = [];
  const collect = (phrase: NounPhrase | null): void => {
    if (phrase === null) return;
    mentions.push(...phrase.before, ...(phrase.head === null ? [] : [phrase.head]));
    collect(phrase.of);
  };
  request.heads.forEach(collect);
  for (const condition of request.conditions) if (condition.kind === 'phrase' || condition.kind === 'count') collect(condition.phrase);
  for (const group of request.groups) if (group.kind === 'phrase') collect(group.phrase);
  return mentions;
}
