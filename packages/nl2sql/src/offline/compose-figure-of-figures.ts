import { composeConditions, qualifyFigure } from './compose-conditions.js';
import { derivedFigure, figureName } from './derived-figure.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous, Plan } from './planner.js';
import { putMention } from './put-values.js';
import { quotedName } from './quoted-name.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { Grouping, NounPhrase, OuterFunction, Request } from './request.js';
import type { Node, SchemaGraph } from './schema-graph.js';
import { capitalised, describeMeasure, finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import { amountColumn, measureOf } from './subject.js';
import type { Measure } from './subject.js';

/** "highest number of screenings of a film", "courses offered by a department on average": one of something stands for each of it. */
export function singleAsGroup(request: Request, reading: Reading): Request {
  const [head, ...more] = leastOfAll(request, reading).heads;
  if (head !== undefined && head !== request.heads[0]) return singleAsGroup({ ...request, heads: [head, ...more] }, reading);
  const superlative = head?.superlative ?? null;
  const summed = head?.outer !== undefined || (head?.aggregate === 'count' && superlative !== null && superlative.hints === null && !superlative.open);
  if (head === undefined || !summed || more.length > 0 || request.groups.length > 0) return request;
  const isSingle = (phrase: NounPhrase): boolean => /^(an?|any|one|a single) /i.test(phrase.text) && isPlain(phrase) && phrase.head !== null && reading.pick(phrase.head).kind === 'relation';
  if (head.of !== null && isSingle(head.of)) return { ...request, heads: [{ ...head, of: null }], groups: [{ kind: 'phrase', phrase: head.of, each: true }] };
  const single = request.conditions.find((condition) => condition.kind === 'phrase' && !condition.negated && isSingle(condition.phrase));
  if (single?.kind !== 'phrase') return request;
  return { ...request, conditions: request.conditions.filter((condition) => condition !== single), groups: [{ kind: 'phrase', phrase: single.phrase, each: true }] };
}

/** "lowest number of students in a course": the least of all figures, which may be 0, instead of the last of the groups that have any. */
function leastOfAll(request: Request, reading: Reading): Request {
  const [head, ...more] = request.heads;
  const { superlative } = head ?? { superlative: null };
  const [group] = request.groups;
  const rows = group === undefined || relationOf(group, reading) !== null;
  if (head === undefined || more.length > 0 || !rows || head.aggregate !== 'count' || superlative === null || superlative.open || superlative.direction !== 'asc' || superlative.hints !== null || superlative.count !== 1 || superlative.within !== undefined || superlative.frequency === true) return request;
  return { ...request, heads: [{ ...head, superlative: null, outer: 'min' }] };
}

/** What the figures of all groups are summed up by, or null when the question asks for no figure over figures. */
export function outerFunctionOf(request: Request, reading: Reading): OuterFunction | null {
  const [head] = request.heads;
  if (head === undefined || head.head === null) return null;
  if (head.outer !== undefined) return head.outer;
  const link = reading.pick(head.head);
  const { aggregate } = head;
  if (link.kind !== 'metric' || (aggregate !== 'avg' && aggregate !== 'median' && aggregate !== 'min' && aggregate !== 'max')) return null;
  // "median refund by reason" is that of the column, not of what the metric adds up for each reason.
  const [group, ...more] = request.groups;
  const each = group !== undefined && more.length === 0 && (group.kind === 'time' || (group.each && relationOf(group, reading) !== null));
  return each && /^\s*(sum|count)\s*\(/i.test(link.metric.expression) && head.head.links.every(({ kind }) => kind === 'metric') ? aggregate : null;
}

/** An average, a median, a least or a greatest of figures that each group has one of. */
export function composeFigureOfFigures(request: Request, outer: OuterFunction, reading: Reading, graph: SchemaGraph, groupedFigures: (request: Request) => Statement): Statement {
  const [head, ...more] = request.heads;
  const [group, ...others] = request.groups;
  if (head === undefined || more.length > 0 || request.order !== null || head.superlative !== null) throw new NotUnderstood('I cannot tell which figure is to be summed up.');
  if (group === undefined || others.length > 0) throw new NotUnderstood(`I cannot tell of what "${head.text}" is taken. Say "per" and what each has one of.`);
  const link = head.head === null ? null : reading.pick(head.head);
  const amount = head.outer !== undefined && request.lead !== 'count' && link?.kind === 'relation' && !/number|count/i.test(head.text) ? amountColumn(link.node) : null;
  if (amount !== null) throw new Ambiguous(`Do you mean the number of ${plural(amount.node)} or their ${columnInWords(amount)}? Say "number of ${plural(amount.node)}" or "total ${columnInWords(amount)}".`);
  const { outer: _outer, ...figure } = head;
  const inner: NounPhrase = { ...figure, aggregate: head.outer === undefined ? null : head.aggregate };
  const measure = measureOf(inner, 'show', null, reading);
  if (measure === null) throw new NotUnderstood(`I cannot compute "${head.text}".`);
  const node = relationOf(group, reading);
  return node === null ? overGroups(groupedFigures({ ...request, heads: [inner] }), group, outer, measure, reading) : overRows(new Plan(graph, node, namedBy(request, reading)), request, group, outer, { ...measure, phrase: inner }, reading);
}

/** One figure for each row of a relation, those without facts too. */
function overRows(plan: Plan, request: Request, group: Grouping, outer: OuterFunction, measure: Measure, reading: Reading): Statement {
  if (measure.node === plan.base || measure.phrase.of !== null || measure.phrase.name !== null || measure.phrase.key !== null) throw new NotUnderstood(`I cannot tell what "${measure.phrase.text}" is of each of the ${plural(plan.base)}.`);
  const { sql, name } = derivedFigure(plan, measure);
  for (const mention of measure.phrase.before) qualifyFigure(plan, reading.pick(mention));
  composeConditions(plan, request.conditions, reading, () => false);
  if (group.kind === 'phrase') for (const mention of group.phrase.before) putMention(plan, reading.pick(mention), false);
  const counts = measure.kind === 'count' || (measure.kind === 'metric' && /^\s*count\s*\(/i.test(measure.metric.expression));
  const value = counts && measure.kind !== 'count' ? `coalesce(${sql}, 0)` : sql;
  const called = `${outerName(outer)}_${name}`;
  const outputs: Output[] = [{ sql: summed(outer, value, null), name: called }];
  // Whether who has none counts as 0 is for the reader to say: both figures are shown.
  if (counts && outer !== 'max') outputs.push({ sql: summed(outer, value, `${value} > 0`), name: `${called}_where_any` });
  const what = `${capitalised(outerName(outer))} of the ${describeMeasure(measure)} for each ${plan.base.words.join(' ')}`;
  return finishStatement(plan, outputs, '', '', null, `${what}${counts ? (outer === 'max' ? '' : ', first with 0 for those that have none, then without those') : ', without those that have none'}`);
}

/** One figure for each value or time that occurs. */
function overGroups(grouped: Statement, group: Grouping, outer: OuterFunction, measure: Measure, reading: Reading): Statement {
  const link = group.kind === 'phrase' && group.phrase.head !== null ? reading.pick(group.phrase.head) : null;
  if (link?.kind === 'column' && link.column.column.nullable) throw new NotUnderstood(`I cannot tell whether rows without a ${columnInWords(link.column)} are a group of their own.`);
  if (group.kind === 'phrase' && link?.kind !== 'column') throw new NotUnderstood(`I cannot group by "${group.phrase.text}".`);
  const name = figureName(measure);
  const sql = `SELECT ${summed(outer, quotedName(name), null)} AS ${quotedName(`${outerName(outer)}_${name}`)}\nFROM (\n  ${grouped.sql.replaceAll('\n', '\n  ')}\n) AS figures`;
  return { ...grouped, sql, explanation: `${capitalised(outerName(outer))} of the ${grouped.explanation.charAt(0).toLowerCase()}${grouped.explanation.slice(1)}` };
}

function relationOf(group: Grouping, reading: Reading): Node | null {
  if (group.kind !== 'phrase' || group.phrase.head === null || group.phrase.name !== null || group.phrase.key !== null || group.phrase.of !== null) return null;
  const link = reading.pick(group.phrase.head);
  return link.kind === 'relation' || link.kind === 'label' ? link.node : null;
}

function isPlain(phrase: NounPhrase): boolean {
  return phrase.before.length === 0 && phrase.name === null && phrase.key === null && phrase.of === null && phrase.superlative === null && phrase.aggregate === null;
}

function summed(outer: OuterFunction, value: string, only: string | null): string {
  const filter = only === null ? '' : ` FILTER (WHERE ${only})`;
  return outer === 'median' ? `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})${filter}` : `${outer}(${value})${filter}`;
}

function outerName(outer: OuterFunction): string {
  return { avg: 'average', median: 'median', min: 'lowest', max: 'highest' }[outer];
}
