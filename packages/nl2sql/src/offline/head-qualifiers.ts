import { composeConditions } from './compose-conditions.js';
import { putMention } from './put-values.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import type { Reading } from './reading.js';
import type { NounPhrase, Request } from './request.js';
import { isAlternative, nodeOf } from './subject.js';
import { keyCondition, nameCondition } from './values.js';

/** Conditions that stand inside the head itself: "active projects", "courses of student Maria Lopez", "project Apollo". */
export function putHeadQualifiers(plan: Plan, request: Request, reading: Reading): void {
  const [first] = request.heads;
  const alternatives = request.heads.slice(1).filter((phrase) => isAlternative(phrase, first, reading));
  for (const phrase of request.heads) {
    if (phrase === first && alternatives.length > 0) putAlternatives(plan, [phrase, ...alternatives], reading);
    else if (!alternatives.includes(phrase)) putPhraseQualifiers(plan, phrase, reading, true);
  }
}

function putAlternatives(plan: Plan, phrases: readonly NounPhrase[], reading: Reading): void {
  const links = phrases.map((phrase) => (phrase.head === null ? null : reading.pick(phrase.head)));
  const values = links.flatMap((link) => (link?.kind === 'value' ? link.values : []));
  const [first] = links;
  if (first?.kind === 'value') putMention(plan, { ...first, values }, false);
}

function putPhraseQualifiers(plan: Plan, phrase: NounPhrase, reading: Reading, head: boolean): void {
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link === null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
  if (link.kind === 'value') putMention(plan, link, false);
  if (link.kind === 'filter') putMention(plan, link, false);
  for (const mention of phrase.before) putMention(plan, reading.pick(mention), false, link.kind === 'column' ? link.column : null);
  if (phrase.name !== null || phrase.key !== null) {
    if (link.kind !== 'relation') throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
    const place = plan.place(link.node);
    if (phrase.name !== null) place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: phrase.head?.text ?? null }, false));
    if (phrase.key !== null) place.scope.where.push(keyCondition(plan, place, phrase.key, false));
  }
  if (phrase.of === null) return;
  const inner = phrase.of.head === null ? null : reading.pick(phrase.of.head);
  const sameRows = head && inner !== null && (inner.kind === 'relation' || inner.kind === 'value' || inner.kind === 'filter') && nodeOf(inner) === plan.base;
  if (sameRows) putPhraseQualifiers(plan, phrase.of, reading, false);
  else composeConditions(plan, [{ kind: 'phrase', phrase: phrase.of, negated: false, role: link.kind === 'column' || link.kind === 'role' ? 'is' : 'in', via: null, or: false }], reading, () => false);
}
