import { splitIdentifier } from '../introspection/split-identifier.js';
import { composeConditions } from './compose-conditions.js';
import { listOutputs } from './list-outputs.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import { placeInWords, rankedRows } from './ranked-rows.js';
import { rankBy, rankHead, refuseUncounted, sortBy } from './ranking.js';
import type { Reading } from './reading.js';
import type { Condition, Grouping, NounPhrase, Request } from './request.js';
import { isPlural } from './singular.js';
import { finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import { nodeOf } from './subject.js';
import type { Subject } from './subject.js';
import { isUnique } from './unique-column.js';

export function composeList(plan: Plan, request: Request, subject: Subject, listed: readonly Grouping[], reading: Reading): Statement {
  const rankings = request.heads.flatMap((phrase) => [phrase, ...(phrase.of === null ? [] : [phrase.of])]).filter(({ superlative }) => superlative !== null);
  const [head, secondRanking] = rankings;
  if (secondRanking !== undefined) throw new NotUnderstood('The question ranks by more than one thing.');
  if (head !== undefined && !request.heads.includes(head) && (head.head === null || nodeOf(reading.pick(head.head)) !== plan.base)) throw new NotUnderstood(`I cannot tell what "${head.text}" ranks.`);
  const headSuperlative = head?.superlative ?? null;
  const asked = request.heads[0]?.head?.text ?? '';
  if (headSuperlative !== null) refuseUncounted(plan, headSuperlative, head?.head?.text ?? '');
  const ranked: { order: string; limit: number; output: Output | null }[] = [];
  const conditions: Condition[] = [];
  let within = headSuperlative?.within === undefined ? null : headSuperlative;
  for (const condition of request.conditions) {
    if (condition.kind === 'phrase' && condition.phrase.superlative !== null) {
      if (headSuperlative === null && request.lead !== 'count' && request.lead !== 'how-much') refuseUncounted(plan, condition.phrase.superlative, asked);
      ranked.push(rankBy(plan, condition.phrase, condition.phrase.superlative, reading, showsRows(subject)));
      if (condition.phrase.superlative.within !== undefined) within = within === null ? condition.phrase.superlative : refuseTwo();
    } else conditions.push(condition);
  }
  const named = headSuperlative !== null && !headSuperlative.open && headSuperlative.hints !== null ? (request.order?.phrase ?? null) : null;
  // "the cheapest products by list price" says what "cheapest" goes by.
  if (named !== null && headSuperlative !== null) ranked.push(rankBy(plan, named, { ...headSuperlative, hints: null }, reading));
  else if (head !== undefined && headSuperlative !== null && !headSuperlative.open) ranked.push(rankHead(plan, head, headSuperlative, reading));
  // "top 5 products by revenue in 2024": what follows restricts the revenue, so the figure comes first.
  const by = headSuperlative?.open === true ? (request.order?.phrase ?? null) : null;
  if (by !== null && headSuperlative !== null) ranked.push(rankBy(plan, by, { ...headSuperlative, direction: request.order?.direction ?? headSuperlative.direction }, reading, showsRows(subject)));
  const shown = composeConditions(plan, conditions, reading, () => false);
  if (asksOneNumber(request, subject) && !plan.pinned && ranked.length === 0 && headSuperlative === null) throw new NotUnderstood(`I cannot tell which figure of "${request.heads[0]?.text ?? ''}" is wanted: a total, an average or each one.`);
  const outputs = listOutputs(plan, subject, shown, listed, reading);
  if (headSuperlative?.open === true) {
    if (by === null && ranked.length === 0 && headSuperlative.word === 'first') ranked.push({ order: tieBreak(plan).join(', '), limit: headSuperlative.count, output: null });
    if (by === null && ranked.length === 0) throw new NotUnderstood(`I cannot tell what "${headSuperlative.word} ${headSuperlative.count}" goes by. Say "${headSuperlative.word} ${headSuperlative.count} ${plural(plan.base)} by" and a column or a figure.`);
    if (by === null) ranked.forEach((rank) => Object.assign(rank, { limit: headSuperlative.count }));
  } else if (request.order !== null && named === null) ranked.push({ ...sortBy(plan, request, outputs, reading), limit: 0 });
  if (ranked.length > 1) refuseTwo();
  const [rank] = ranked;
  const limit = rank === undefined || rank.limit === 0 ? null : rank.limit;
  const extra = rank?.output !== null && rank?.output !== undefined && !outputs.some(({ sql }) => sql === rank.output?.sql) ? [rank.output] : [];
  const distinct = request.distinct || (listed.length === 0 && needsDistinct(plan, subject));
  const all = [...outputs, ...extra];
  if (within !== null) {
    if (rank?.output === null || rank === undefined || listed.length > 0) throw new NotUnderstood(`I cannot tell what "${within.word}" goes by.`);
    plan.scope.require(`${rank.output.sql} IS NOT NULL`);
    // The second highest salary is one number, however many earn it.
    const values = !subject.whole && subject.projections.length === 1 && all.length === 1;
    const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
    const sql = rankedRows(plan, { outputs: all, order: rank.order, partition: [], keys: 0, tail: '', distinct: distinct || values }, within);
    return { sql, parameters: plan.names.parameters, explanation: `${placeInWords(within)} of the ${plural(plan.base)} by ${within.direction === 'desc' ? 'highest' : 'lowest'} ${rank.output.name.replaceAll('_', ' ')}${where}.`, relations: [plan.base], cost: plan.cost };
  }
  const tie = distinct ? [] : tieBreak(plan);
  const listing = listed.length > 0 ? outputs.slice(0, listed.length).map(({ sql }) => sql) : [];
  const terms = [...new Set([...(rank === undefined ? [] : [rank.order]), ...listing, ...tie])];
  const order = terms.length === 0 ? (distinct ? `ORDER BY ${all.map((_output, index) => index + 1).join(', ')}` : '') : `ORDER BY ${terms.join(', ')}`;
  if (distinct && rank !== undefined && !all.some(({ sql }) => rank.order.startsWith(sql))) throw new NotUnderstood('I cannot sort distinct values by something else.');
  return finishStatement(plan, all, '', order, limit, `Lists ${plural(plan.base)}${pairs(plan, subject)}${rank === undefined ? '' : rankInWords(rank, limit)}`, distinct);
}

/** "books and their authors" shows a book once for each of its authors, and none without. */
function pairs(plan: Plan, subject: Subject): string {
  const [other] = subject.projections;
  return plan.scope.root === plan.base || other?.kind !== 'label' ? '' : ` with each of their ${plural(other.node)}, those that have any`;
}

/** What the rows are ranked by and how many are shown, for the reader to see whether that was meant. */
function rankInWords({ order, output }: { readonly order: string; readonly output: Output | null }, limit: number | null): string {
  if (output === null) return limit === null ? '' : `, the first ${limit}`;
  const by = ` by ${/ DESC\b/.test(order) ? 'highest' : 'lowest'} ${output.said ?? splitIdentifier(output.name).join(' ')}`;
  return `${by}${limit === null ? '' : limit === 1 ? ', the first one' : `, the first ${limit}`}`;
}

function refuseTwo(): never {
  throw new NotUnderstood('The question ranks by more than one thing.');
}

/** "What was the revenue last quarter" wants one number, and a column holds many. */
function asksOneNumber(request: Request, subject: Subject): boolean {
  if (subject.whole || request.lead === 'rows' || subject.projections.length !== 1) return false;
  const [projection] = subject.projections;
  if (projection?.kind !== 'column' || projection.column.kind !== 'number' || projection.phrase.head === null) return false;
  if (request.lead === 'count' || request.lead === 'how-much') return true;
  return !isPlural(projection.phrase.head.text) && !isPlural(projection.phrase.of?.head?.text ?? '');
}

/** Some columns without a key may repeat: then each combination is wanted once, unless rows were asked for. */
function needsDistinct(plan: Plan, subject: Subject): boolean {
  if (subject.whole || subject.projections.length === 0) return false;
  return subject.projections.every((projection) => projection.kind === 'column' && (projection.column.kind === 'text' || projection.column.kind === 'enum') && projection.column.column.sampleValuesComplete && isBare(projection.phrase.of) && !isUnique(projection.column)) && plan.facts.length === 0;
}

function isBare(phrase: NounPhrase | null): boolean {
  return phrase === null || (phrase.before.length === 0 && phrase.name === null && phrase.key === null && phrase.of === null);
}

function tieBreak(plan: Plan): readonly string[] {
  const alias = plan.scope.reach(plan.basePath, true);
  const key = plan.base.relation.primaryKey;
  return (key.length > 0 ? key : plan.base.label.map((column) => column.column.name)).map((column) => `${quotedName(alias)}.${quotedName(column)}`);
}

/** Whether each line shown is one of the rows asked for, and no value that several of them share. */
function showsRows(subject: Subject): boolean {
  return subject.whole || subject.projections.some((projection) => (projection.kind === 'label' && projection.node === subject.base) || (projection.kind === 'column' && isUnique(projection.column)));
}
