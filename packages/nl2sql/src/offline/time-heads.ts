import type { Draft } from './draft.js';
import { readTimeUnit } from './groupings.js';
import { NotUnderstood } from './not-understood.js';
import type { NounPhrase, Request } from './request.js';

/** "Which month had the most orders": the time is what is asked for, the figure comes behind "most". */
export function readTimeHead(draft: Draft, lead: Request['lead']): boolean {
  if (lead !== 'rows' && !/^(what|which)$/.test(draft.tokens[draft.position - 1]?.lower ?? '')) return false;
  return readTimeUnit(draft);
}

/** "Which weekday has the most tickets opened": the verb behind says which date the time is of. */
export function datedGroup(draft: Draft): void {
  const links = draft.verb?.links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp')) ?? [];
  const index = draft.groups.findIndex((group) => group.kind === 'time' && group.verb === null);
  const group = draft.groups[index];
  if (group?.kind !== 'time') return;
  // "tickets opened in 2023 by month": the month they were opened in.
  const [said, ...others] = draft.conditions.flatMap((condition) => (condition.kind === 'time' && condition.verb !== null && !condition.negated ? [condition.verb] : []));
  if (said !== undefined && others.length === 0) draft.groups[index] = { ...group, verb: said };
  if (draft.verb === null || links.length === 0 || draft.negated) return;
  draft.groups[index] = { ...group, verb: { text: draft.verb.text, links } };
  draft.verb = null;
}

/** Without a head, "the most orders" of a month is the figure that is asked for. */
export function figureOfTime(draft: Draft, lead: Request['lead']): void {
  const [group] = draft.groups;
  const [head] = draft.heads;
  if (lead === 'rows' && draft.heads.length === 1 && draft.groups.length === 1 && group?.kind === 'time' && head?.superlative?.open === false) {
    const figure = countOrFigure(head);
    if (figure !== null) draft.heads.splice(0, 1, figure);
    return;
  }
  const ranked = draft.conditions.find((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null);
  if (draft.heads.length > 0 || draft.groups.length !== 1 || group?.kind !== 'time' || ranked?.kind !== 'phrase' || ranked.phrase.superlative === null) return;
  const figure = countOrFigure(ranked.phrase);
  if (figure === null) return;
  draft.heads.push(figure);
  draft.conditions = draft.conditions.filter((condition) => condition !== ranked);
}

/** "When was Ana Alba hired": the date that the verb stands for is asked for, of what the question names. */
export function dateOfEvent(draft: Draft): void {
  const links = draft.verb?.links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp')) ?? [];
  if (draft.verb === null || links.length === 0 || draft.negated || draft.heads.length > 1) throw new NotUnderstood('I cannot tell which date the question asks for.');
  const [named] = draft.heads.splice(0);
  if (named !== undefined) draft.conditions.unshift({ kind: 'phrase', phrase: named, negated: false, role: 'is', via: null, or: false });
  draft.heads.push({ text: draft.verb.text, aggregate: null, distinct: false, superlative: null, before: [], head: { text: draft.verb.text, links }, name: null, key: null, of: null });
  draft.verb = null;
}

/** "the most orders" as a number of orders to rank by; a plain column is no figure. */
function countOrFigure(phrase: NounPhrase): NounPhrase | null {
  const { superlative } = phrase;
  if (superlative === null || (superlative.hints !== null && phrase.aggregate === null)) return null;
  const ranking = { ...superlative, open: true, hints: null };
  if (phrase.aggregate !== null || phrase.head?.links.some((link) => link.kind === 'metric') === true) return { ...phrase, superlative: ranking };
  return phrase.head?.links.some((link) => link.kind === 'relation') === true ? { ...phrase, aggregate: 'count', superlative: ranking } : null;
}
