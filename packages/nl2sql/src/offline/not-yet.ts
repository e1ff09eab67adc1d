import type { Condition } from './request.js';
import type { Token } from './tokenise.js';

/** "not shipped yet" is not shipped; "yet" says nothing more, and nothing without a negation. */
export function withoutYet(tokens: readonly Token[]): readonly Token[] {
  const negated = (end: number): boolean => tokens.slice(0, end).some(({ lower }) => /^(not|never|no|nobody|without|unpaid|cannot)$|n't$|^un.*ed$/.test(lower));
  return tokens.filter(({ lower }, index) => lower !== 'yet' || tokens[index + 1]?.lower === 'to' || !negated(index));
}

/** What has not happened yet is told by its day, where there is one, before it is told by a status. */
export function notYet(condition: Condition): Condition {
  if (condition.kind === 'verb' && condition.negated) return { ...condition, yet: true };
  if (condition.kind !== 'phrase' || !condition.negated || condition.phrase.head === null) return condition;
  const dated = condition.phrase.head.links.filter((link) => link.kind === 'presence');
  return dated.length === 0 ? condition : { ...condition, phrase: { ...condition.phrase, head: { ...condition.phrase.head, links: dated } } };
}
