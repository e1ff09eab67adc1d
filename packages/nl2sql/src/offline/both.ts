import { bare } from './attribute-conditions.js';
import { takePhrase } from './cursor.js';
import { push, takeVerb } from './draft.js';
import type { Draft } from './draft.js';
import type { Link } from './link.js';
import { NotUnderstood } from './not-understood.js';
import { readNounPhrase } from './noun-phrase.js';
import type { NounPhrase } from './request.js';

/** Reads "both Physics and Algebra", "in both A and B": rows related to one and, by another fact, to the other. */
export function readBoth(draft: Draft): boolean {
  const from = draft.position;
  const place = takePhrase(draft, ['in both', 'at both', 'on both', 'to both', 'by both', 'of both', 'for both', 'from both', 'with both', 'have both', 'has both', 'had both', 'both in', 'both by', 'both at', 'both']);
  if (place === null) return false;
  const phrases = readPair(draft);
  if (phrases === null) {
    draft.position = from;
    return false;
  }
  if (draft.negated) throw new NotUnderstood('I cannot tell whether the rows without one or without both are wanted.');
  const via = takeVerb(draft);
  for (const phrase of phrases) push(draft, { kind: 'phrase', phrase, negated: false, role: 'in', via, or: false, every: true });
  return true;
}

function readPair(draft: Draft): readonly NounPhrase[] | null {
  const first = readNounPhrase(draft);
  if (first === null) return null;
  const values = valuesOf(first);
  if (values !== null) return values.length === 2 ? values : null;
  // "both active and completed projects"
  const [qualifier, ...others] = first.before;
  const kinds = qualifier === undefined || others.length > 0 ? null : valuesOf(bare(qualifier));
  if (kinds !== null) return kinds.length === 2 ? kinds.map((kind) => ({ ...first, text: kind.text, before: kind.head === null ? [] : [kind.head] })) : null;
  if (takePhrase(draft, ['and in', 'and by', 'and at', 'and with', 'and']) === null) return null;
  const second = readNounPhrase(draft);
  return second === null ? null : [first, second];
}

/** "vpn and printer", which was read as two values of one column, as a phrase for each. */
function valuesOf(phrase: NounPhrase): readonly NounPhrase[] | null {
  const mention = phrase.head;
  const named = mention?.links.filter((link): link is Extract<Link, { kind: 'value' }> => link.kind === 'value' && link.and === true) ?? [];
  if (mention === null || named.length === 0) return null;
  const count = named[0]?.values.length ?? 0;
  return Array.from({ length: count }, (_value, index) => {
    const links = named.flatMap((link): Link[] => {
      const value = link.values[index];
      return value === undefined ? [] : [{ kind: 'value', column: link.column, values: [value], cost: link.cost }];
    });
    return { ...bare({ text: String(named[0]?.values[index] ?? mention.text), links }), before: phrase.before };
  });
}
