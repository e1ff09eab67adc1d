import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Reading } from './reading.js';
import { Ambiguous } from './planner.js';
import type { Condition, Mention, NounPhrase, Request, Superlative } from './request.js';
import type { Node } from './schema-graph.js';
import { isPlural } from './singular.js';

/** "departments with their number of courses": the figure after "with" is asked for, not a condition. */
export function moveFigures(request: Request, reading: Reading): Request {
  const isFigure = (condition: Condition): condition is Extract<Condition, { kind: 'phrase' }> =>
    condition.kind === 'phrase' && condition.role === 'with' && !condition.negated && condition.phrase.superlative === null && (condition.phrase.aggregate !== null || (condition.phrase.head !== null && reading.pick(condition.phrase.head).kind === 'metric'));
  const figures = request.conditions.filter(isFigure);
  return figures.length === 0 ? request : { ...request, heads: [...request.heads, ...figures.map(({ phrase }) => phrase)], conditions: request.conditions.filter((condition) => !isFigure(condition)) };
}

/** "Which journal has the most papers", "countries with more than 5 customers": figures over groups of the column's rows. */
export function groupColumns(request: Request, reading: Reading): Request {
  const [head, ...more] = request.heads;
  const top = head?.superlative ?? null;
  const link = head === undefined || head.head === null ? null : reading.pick(head.head);
  if (head === undefined || more.length > 0 || request.groups.length > 0 || request.lead === 'count' || request.lead === 'how-much') return request;
  if (top?.frequency === true && head !== undefined) {
    if (link?.kind === 'relation') return byChildren(request, head, top, link.node);
    if (link?.kind !== 'column') throw new NotUnderstood(`I cannot tell what "${top.word}" counts. Say it as "the .. with the most ..".`);
    const { of, ...column } = head;
    return { ...request, lead: 'show', heads: [{ ...head, aggregate: 'count', superlative: { ...top, open: true } }], asked: 1, groups: [{ kind: 'phrase', phrase: { ...column, of: null, before: [], superlative: null }, each: true }], conditions: of === null ? request.conditions : [...request.conditions, { kind: 'phrase', phrase: of, negated: false, role: 'in', via: null, or: false }] };
  }
  if (link?.kind !== 'column' || (link.column.kind !== 'text' && link.column.kind !== 'enum') || (top !== null && !top.open) || head.of !== null || head.before.length > 0) return request;
  const ranked = request.conditions.find((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null && isFigureOf(condition.phrase, reading));
  const counted = request.conditions.find((condition) => condition.kind === 'count');
  const compared = request.conditions.find((condition) => condition.kind === 'compare' && condition.aggregate !== null && condition.attribute !== null && reading.pick(condition.attribute).kind === 'column');
  // "Which genres have an average of more than 300 pages": kept below as a condition on the groups.
  if (ranked === undefined && counted === undefined && compared?.kind === 'compare' && compared.attribute !== null) {
    const figure: NounPhrase = { text: compared.attribute.text, aggregate: compared.aggregate, distinct: false, superlative: null, before: [], head: compared.attribute, name: null, key: null, of: null };
    return { ...request, lead: 'show', heads: [figure], asked: 1, groups: [{ kind: 'phrase', phrase: { ...head, superlative: null }, each: true }] };
  }
  const ordering = top !== null && request.order?.phrase !== null && request.order?.phrase !== undefined && isFigureOf(request.order.phrase, reading) ? request.order.phrase : null;
  const source = ranked?.kind === 'phrase' ? ranked.phrase : counted?.kind === 'count' ? counted.phrase : ordering;
  if (source === null || (ranked !== undefined && counted !== undefined)) return request;
  const counts = source.aggregate === null && source.head !== null && reading.pick(source.head).kind !== 'metric';
  const figure: NounPhrase = { ...source, aggregate: counts ? 'count' : source.aggregate, superlative: null };
  const ranking: Superlative | null = source.superlative === null ? top : { ...source.superlative, open: true, ...(top === null ? {} : { count: top.count }) };
  if (top === null && ranking !== null && ranking.count === 1 && isPlural(head.head?.text ?? '')) return request;
  return {
    ...request,
    lead: 'show',
    heads: [{ ...figure, superlative: ranking }],
    asked: 1,
    groups: [{ kind: 'phrase', phrase: { ...head, superlative: null }, each: true }],
    order: source === ordering ? null : request.order,
    conditions: request.conditions.filter((condition) => condition !== ranked),
  };
}

/** "most common allergy", "most popular class": the one that most rows of the only relation that speaks of it belong to. */
function byChildren(request: Request, head: NounPhrase, top: Superlative, node: Node): Request {
  const children = [...new Set(node.children.filter(({ child }) => child !== node).map(({ child }) => child))];
  const [child, ...others] = children;
  if (child === undefined) throw new NotUnderstood(`Nothing in the database counts ${plural(node)}.`);
  if (others.length > 0) throw new Ambiguous(`What does "${top.word}" count: ${children.map(plural).join(' or ')}? Say "the ${node.words.join(' ')} with the most ${plural(child)}".`);
  const counted: Mention = { text: plural(child), links: [{ kind: 'relation', node: child, cost: 0 }] };
  const by: NounPhrase = { text: counted.text, aggregate: null, distinct: false, superlative: { direction: top.direction, count: top.count, open: false, hints: null, word: top.word }, before: [], head: counted, name: null, key: null, of: null };
  return { ...request, heads: [{ ...head, superlative: null }], conditions: [...request.conditions, { kind: 'phrase', phrase: by, negated: false, role: 'with', via: null, or: false }] };
}

function isFigureOf(phrase: NounPhrase, reading: Reading): boolean {
  if (phrase.head === null) return false;
  const link = reading.pick(phrase.head);
  return link.kind === 'metric' || link.kind === 'relation' || (phrase.aggregate !== null && link.kind === 'column');
}
