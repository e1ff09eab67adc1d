import type { ParameterValue } from '../pipeline/parameter-value.js';
import { composeConditions, putMention } from './compose-conditions.js';
import type { Shown } from './compose-conditions.js';
import { derivedFigure, figureExpression, figureName } from './derived-figure.js';
import { displayColumns } from './display-columns.js';
import { holdsPeople } from './holds-people.js';
import { costMargin, waysBetween } from './join-graph.js';
import { NotUnderstood } from './not-understood.js';
import { isPlural } from './singular.js';
import { Ambiguous, Plan, only, plural } from './planner.js';
import type { Place } from './planner.js';
import { columnRef } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import { rankedColumn } from './ranked-column.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { Condition, Grouping, NounPhrase, Request, Superlative } from './request.js';
import type { Column, Edge, Node, SchemaGraph } from './schema-graph.js';
import { isAlternative, measureOf, nodeOf, subjectOf } from './subject.js';
import type { Measure, Subject } from './subject.js';
import { parentTimeColumns, timeColumns } from './time-column.js';
import { nameCondition, keyCondition } from './values.js';

/** One SELECT for one reading of a request. */
export interface Statement {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  readonly relations: readonly Node[];
  /** What the joins cost; the reading's own cost comes on top. */
  readonly cost: number;
}

/**
 * Turns a reading into SQL.
 *
 * @throws NotUnderstood when this reading makes no statement, Ambiguous when it makes more than one
 */
export function compose(request: Request, reading: Reading, graph: SchemaGraph): Statement {
  const moved = groupColumns(moveFigures(request, reading), reading);
  const subject = moved.lead === 'who' && moved.heads.length === 0 ? peopleOf(moved, reading, graph) : subjectOf(moved, reading);
  const grouped = groupingsOf(moved, subject);
  const plan = new Plan(graph, subject.base, namedBy(moved, reading), rootFor(subject, grouped.groups, reading, moved, graph));
  putHeadQualifiers(plan, moved, reading);
  if (isOverItself(subject, grouped.groups, reading)) return composeFigures(plan, moved, subject, reading);
  return grouped.groups.length > 0 || (subject.measures.length > 0 && subject.projections.length > 0)
    ? composeGroups(plan, moved, subject, grouped.groups, reading)
    : subject.measures.length > 0
      ? composeFigures(plan, moved, subject, reading)
      : composeList(plan, moved, subject, grouped.listed, reading);
}

/** "departments with their number of courses": the figure after "with" is asked for, not a condition. */
function moveFigures(request: Request, reading: Reading): Request {
  const isFigure = (condition: Condition): condition is Extract<Condition, { kind: 'phrase' }> =>
    condition.kind === 'phrase' && condition.role === 'with' && !condition.negated && condition.phrase.superlative === null && (condition.phrase.aggregate !== null || (condition.phrase.head !== null && reading.pick(condition.phrase.head).kind === 'metric'));
  const figures = request.conditions.filter(isFigure);
  return figures.length === 0 ? request : { ...request, heads: [...request.heads, ...figures.map(({ phrase }) => phrase)], conditions: request.conditions.filter((condition) => !isFigure(condition)) };
}

/** "Which journal has the most papers", "countries with more than 5 customers": figures over groups of the column's rows. */
function groupColumns(request: Request, reading: Reading): Request {
  const [head, ...more] = request.heads;
  const top = head?.superlative ?? null;
  const link = head === undefined || head.head === null ? null : reading.pick(head.head);
  if (head === undefined || more.length > 0 || request.groups.length > 0 || request.lead === 'count' || request.lead === 'how-much') return request;
  if (link?.kind !== 'column' || (link.column.kind !== 'text' && link.column.kind !== 'enum') || (top !== null && !top.open) || head.of !== null || head.before.length > 0) return request;
  const ranked = request.conditions.find((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null && isFigureOf(condition.phrase, reading));
  const counted = request.conditions.find((condition) => condition.kind === 'count');
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

function isFigureOf(phrase: NounPhrase, reading: Reading): boolean {
  if (phrase.head === null) return false;
  const link = reading.pick(phrase.head);
  return link.kind === 'metric' || link.kind === 'relation' || (phrase.aggregate !== null && link.kind === 'column');
}

/** "Who was hired before 2019": the people the first condition speaks of. */
function peopleOf(request: Request, reading: Reading, graph: SchemaGraph): Subject {
  for (const condition of request.conditions) {
    const mention = condition.kind === 'time' || condition.kind === 'verb' ? condition.verb : condition.kind === 'phrase' ? (condition.via ?? condition.phrase.head) : condition.kind === 'compare' ? condition.attribute : null;
    if (mention === null) continue;
    const node = nodeOf(reading.pick(mention));
    if (holdsPeople(node)) return { base: node, measures: [], projections: [], whole: true };
  }
  // "Who works on Apollo": the people nearest to what is named.
  const mention = request.conditions.find((condition) => condition.kind === 'phrase')?.phrase.head ?? null;
  const named = mention === null ? null : nodeOf(reading.pick(mention));
  const near = named === null ? [] : graph.nodes.filter((node) => holdsPeople(node) && node !== named).flatMap((node) => {
    const [way] = waysBetween(node, named, namedBy(request, reading));
    return way === undefined ? [] : [{ node, cost: way.cost }];
  }).sort((a, b) => a.cost - b.cost);
  const [best, next] = near;
  if (best !== undefined && (next === undefined || next.cost - best.cost >= costMargin)) return { base: best.node, measures: [], projections: [], whole: true };
  throw new NotUnderstood('I cannot tell whom the question asks for.');
}

interface Groups {
  readonly groups: readonly Grouping[];
  /** "students by major": shown and sorted by, not aggregated over. */
  readonly listed: readonly Grouping[];
}

function groupingsOf(request: Request, subject: Subject): Groups {
  const figures = subject.measures.length > 0;
  const each = request.groups.some((group) => group.kind === 'time' || group.each);
  return figures || each ? { groups: request.groups, listed: [] } : { groups: [], listed: request.groups };
}

/** "average funding per project" is the average over projects: each of them has one. Any other figure of single rows is none. */
function isOverItself(subject: Subject, groups: readonly Grouping[], reading: Reading): boolean {
  const own = groups.filter((group) => {
    const link = group.kind === 'phrase' && group.phrase.head !== null ? reading.pick(group.phrase.head) : null;
    return (link?.kind === 'relation' || link?.kind === 'label') && link.node === subject.base;
  });
  if (own.length === 0 || subject.measures.length === 0) return false;
  if (groups.length === 1 && subject.projections.length === 0 && subject.measures.every((measure) => measure.kind === 'aggregate' && measure.function === 'avg')) return true;
  throw new NotUnderstood(`Each of the ${plural(subject.base)} is one row: there is nothing to add up or count for each.`);
}

/** Where the FROM clause begins: at the rows asked for, or at the fact that ties them to what they are grouped by. */
function rootFor(subject: Subject, groups: readonly Grouping[], reading: Reading, request: Request, graph: SchemaGraph): { node: Node; path: readonly Edge[] } {
  const plain = { node: subject.base, path: [] };
  void graph;
  const named = namedBy(request, reading);
  const nodes = [...groups.map((group) => groupNode(group, reading)), ...subject.projections.map((projection) => (projection.kind === 'label' && subject.measures.length > 0 ? projection.node : null))];
  for (const node of nodes) {
    if (node === null || node === subject.base) continue;
    const way = only(waysBetween(subject.base, node, named), subject.base, node);
    const fact = way.down.at(-1)?.child;
    if (fact !== undefined) return { node: fact, path: [...way.down].reverse() };
  }
  return plain;
}

function groupNode(group: Grouping, reading: Reading): Node | null {
  if (group.kind === 'time') return group.verb === null ? null : nodeOf(reading.pick(group.verb));
  return group.phrase.head === null ? null : nodeOf(reading.pick(group.phrase.head));
}

/** Conditions that stand inside the head itself: "active projects", "courses of student Maria Lopez", "project Apollo". */
function putHeadQualifiers(plan: Plan, request: Request, reading: Reading): void {
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
  else composeConditions(plan, [{ kind: 'phrase', phrase: phrase.of, negated: false, role: 'in', via: null, or: false }], reading, () => false);
}

interface Output {
  readonly sql: string;
  readonly name: string;
}

function composeFigures(plan: Plan, request: Request, subject: Subject, reading: Reading): Statement {
  composeConditions(plan, request.conditions, reading, () => false);
  if (request.order !== null) throw new NotUnderstood('I cannot sort a single row.');
  refuseRanking(request, subject);
  refuseInnerRanking(request);
  const alias = plan.scope.reach(plan.basePath, true);
  const outputs = subject.measures.map((measure) => ({ sql: figureExpression(measure, alias, plan.scope.root !== plan.base), name: figureName(measure) }));
  const what = subject.measures.map(describeMeasure).join(' and ');
  return finish(plan, outputs, '', '', null, capitalised(what));
}

/** A ranking inside "of" that this shape of statement has no use for. */
function refuseInnerRanking(request: Request): void {
  const inner = request.heads.find((phrase) => phrase.of !== null && phrase.of.superlative !== null);
  if (inner !== undefined) throw new NotUnderstood(`I cannot tell what "${inner.text}" ranks.`);
}

/** A ranking that no figure used up must not be passed over. */
function refuseRanking(request: Request, subject: Subject): void {
  for (const phrase of request.heads) {
    const used = subject.measures.some((measure) => measure.phrase === phrase && measure.kind === 'aggregate' && phrase.aggregate === null);
    if (phrase.superlative !== null && !used) throw new NotUnderstood(`I cannot tell what "${phrase.superlative.word}" goes by.`);
  }
  if (request.conditions.some((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null)) throw new NotUnderstood('I cannot tell what the question ranks.');
}

function composeGroups(plan: Plan, request: Request, subject: Subject, groups: readonly Grouping[], reading: Reading): Statement {
  refuseInnerRanking(request);
  const measures = subject.measures.length > 0 ? subject.measures : impliedCount(subject, request);
  const alias = plan.scope.reach(plan.basePath, true);
  const repeated = plan.scope.root !== plan.base;
  if (repeated && measures.some((measure) => measure.kind !== 'count')) throw new NotUnderstood(`A figure over ${plural(plan.base)} would count rows more than once when grouped this way.`);
  const keys: Output[] = [];
  const groupBy: string[] = [];
  const described: string[] = [];
  for (const projection of subject.measures.length > 0 ? subject.projections : []) {
    if (projection.kind === 'label') addRelationGroup(plan, projection.node, parentPlace(plan, projection.node), keys, groupBy, described);
    else if (projection.kind === 'column') addColumnGroup(plan, projection.column, keys, groupBy, described);
    else throw new NotUnderstood(`I cannot group by "${projection.phrase.text}".`);
  }
  for (const group of groups) addGroup(plan, group, reading, keys, groupBy, described);
  const having: string[] = [];
  const outputs = measures.map((measure) => ({ sql: figureExpression(measure, alias, repeated), name: figureName(measure) }));
  composeConditions(plan, request.conditions.filter((condition) => !(condition.kind === 'phrase' && condition.phrase.superlative !== null)), reading, (measure, comparison) => {
    if (measure.node !== plan.base || measure.kind !== 'count' || measure.phrase.before.length > 0) return false;
    having.push(`${figureExpression(measure, alias, repeated)} ${comparison()}`);
    return true;
  });
  const ranking = groupRanking(request, keys, outputs, groups, measures, reading);
  const tail = [`GROUP BY ${groupBy.join(', ')}`, ...(having.length > 0 ? [`HAVING ${having.join(' AND ')}`] : [])].join('\n');
  return finish(plan, [...keys, ...outputs], tail, `ORDER BY ${ranking.order}`, ranking.limit, `${capitalised(measures.map(describeMeasure).join(' and '))} for each ${described.join(' and ')}`);
}

function impliedCount(subject: Subject, request: Request): readonly Measure[] {
  const [phrase] = request.heads;
  if (!subject.whole || phrase === undefined) throw new NotUnderstood(`I cannot tell which figure is wanted for each group: a total, an average or a count.`);
  return [{ kind: 'count', node: subject.base, column: null, distinct: false, phrase }];
}

function addGroup(plan: Plan, group: Grouping, reading: Reading, keys: Output[], groupBy: string[], described: string[]): void {
  if (group.kind === 'time') {
    addTimeGroup(plan, group, reading, keys, groupBy, described);
    return;
  }
  const { phrase } = group;
  if (phrase.head === null || phrase.name !== null || phrase.key !== null || phrase.superlative !== null || phrase.aggregate !== null) throw new NotUnderstood(`I cannot group by "${phrase.text}".`);
  const link = reading.pick(phrase.head);
  for (const mention of phrase.before) putMention(plan, reading.pick(mention), false, link.kind === 'column' ? link.column : null);
  if (phrase.of !== null) composeConditions(plan, [{ kind: 'phrase', phrase: phrase.of, negated: false, role: 'in', via: null, or: false }], reading, () => false);
  if (link.kind === 'relation' || link.kind === 'label') addRelationGroup(plan, link.node, parentPlace(plan, link.node), keys, groupBy, described);
  else if (link.kind === 'role') {
    const child = parentPlace(plan, link.edge.child);
    addRelationGroup(plan, link.edge.parent, { scope: child.scope, path: [...child.path, link.edge], node: link.edge.parent }, keys, groupBy, described);
  } else if (link.kind === 'column') addColumnGroup(plan, link.column, keys, groupBy, described);
  else throw new NotUnderstood(`I cannot group by "${phrase.text}".`);
}

function parentPlace(plan: Plan, node: Node): Place {
  const place = plan.placeAsParent(node);
  if (place === null) throw new NotUnderstood(`The database has no keys that give each of the ${plural(plan.scope.root)} one of the ${plural(node)}.`);
  return place;
}

function addRelationGroup(plan: Plan, node: Node, place: Place, keys: Output[], groupBy: string[], described: string[]): void {
  const alias = place.scope.reach(place.path, true);
  const key = node.relation.primaryKey.map((column) => `${quotedName(alias)}.${quotedName(column)}`);
  const label = node.label.map((column) => columnRef(alias, column));
  const unique = node.label.length > 0 && node.relation.uniqueKeys.some((columns) => columns.every((column) => node.label.some((own) => own.column.name === column)));
  groupBy.push(...(unique ? [] : key), ...label);
  if (groupBy.length === 0) throw new NotUnderstood(`${node.relation.name} have neither a key nor a name to group by.`);
  if (label.length > 0) keys.push(...node.label.map((column) => ({ sql: columnRef(alias, column), name: node.label.length > 1 ? column.column.name : column.column.name === 'name' ? node.words.join('_') : column.column.name })));
  else keys.push(...node.relation.primaryKey.map((column, index) => ({ sql: key[index] ?? '', name: column })));
  described.push(node.words.join(' '));
}

function addColumnGroup(plan: Plan, column: Column, keys: Output[], groupBy: string[], described: string[]): void {
  const place = parentPlace(plan, column.node);
  const sql = plan.ref(place, column);
  keys.push({ sql, name: column.column.name });
  groupBy.push(sql);
  described.push(column.column.name.replaceAll('_', ' '));
}

function addTimeGroup(plan: Plan, group: Extract<Grouping, { kind: 'time' }>, reading: Reading, keys: Output[], groupBy: string[], described: string[]): void {
  const link = group.verb === null ? null : reading.pick(group.verb);
  const nodes = link === null ? [plan.base, ...(plan.scope.root === plan.base ? [] : [plan.scope.root])] : [nodeOf(link)];
  const candidates: Column[] = link?.kind === 'column' ? [link.column] : nodes.flatMap((node) => timeColumns(node, group.unit === 'year'));
  if (candidates.length === 0) candidates.push(...parentTimeColumns(plan.base, group.unit === 'year'));
  const [column, ...others] = candidates;
  if (column === undefined) throw new NotUnderstood(`Nothing about ${nodes.map(plural).join(' or ')} says in which ${group.unit} it happened.`);
  if (others.length > 0) throw new NotUnderstood(`I cannot tell which date the ${group.unit} is of: ${candidates.map((option) => option.column.name.replaceAll('_', ' ')).join(', ')}.`);
  const ref = plan.ref(parentPlace(plan, column.node), column);
  const sql = column.kind === 'number' ? ref : group.unit === 'year' ? `CAST(extract(year FROM ${ref}) AS integer)` : `CAST(date_trunc('${group.unit}', ${ref}) AS date)`;
  keys.unshift({ sql, name: group.unit });
  groupBy.unshift(sql);
  described.push(group.unit);
}

function groupRanking(request: Request, keys: readonly Output[], outputs: readonly Output[], groups: readonly Grouping[], measures: readonly Measure[], reading: Reading): { order: string; limit: number | null } {
  const superlative = request.heads.find((head) => head.superlative !== null && !measures.some((measure) => measure.phrase === head && measure.kind === 'aggregate' && head.aggregate === null))?.superlative ?? null;
  const inCondition = request.conditions.find((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null);
  if (inCondition !== undefined) throw new NotUnderstood('I cannot tell what the question ranks.');
  const byTime = groups.some((group) => group.kind === 'time');
  const [first] = outputs;
  const [key] = keys;
  if (request.order !== null) {
    const target = request.order.phrase === null ? first : orderedOutput(request.order.phrase, keys, outputs, measures, reading);
    if (target === undefined) throw new NotUnderstood(`I cannot sort by "${request.order.phrase?.text}" here.`);
    const direction = request.order.direction ?? superlative?.direction ?? (keys.includes(target) ? 'asc' : 'desc');
    return { order: `${target.sql} ${direction.toUpperCase()} NULLS LAST`, limit: superlative?.count ?? null };
  }
  if (superlative !== null && superlative.hints !== null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
  if (byTime && superlative === null) return { order: keys.map(({ sql }) => sql).join(', '), limit: null };
  return { order: `${first?.sql} ${superlative?.direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST${key === undefined ? '' : `, ${key.sql}`}`, limit: superlative?.count ?? null };
}

function orderedOutput(phrase: NounPhrase, keys: readonly Output[], outputs: readonly Output[], measures: readonly Measure[], reading: Reading): Output | undefined {
  if (phrase.before.length > 0 || phrase.name !== null || phrase.key !== null) return undefined;
  const measure = measureOf(phrase, 'show', null, reading);
  const index = measure === null ? -1 : measures.findIndex((own) => figureName(own) === figureName(measure) && own.node === measure.node);
  if (index >= 0) return outputs[index];
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link?.kind === 'column') {
    const byColumn = keys.find(({ name }) => name === link.column.column.name);
    const byFigure = measures.findIndex((own) => own.kind === 'aggregate' && own.column === link.column);
    return byColumn ?? outputs[byFigure];
  }
  return link?.kind === 'relation' || link?.kind === 'label' ? keys[0] : undefined;
}

function composeList(plan: Plan, request: Request, subject: Subject, listed: readonly Grouping[], reading: Reading): Statement {
  const rankings = request.heads.flatMap((phrase) => [phrase, ...(phrase.of === null ? [] : [phrase.of])]).filter(({ superlative }) => superlative !== null);
  const [head, secondRanking] = rankings;
  if (secondRanking !== undefined) throw new NotUnderstood('The question ranks by more than one thing.');
  if (head !== undefined && !request.heads.includes(head) && (head.head === null || nodeOf(reading.pick(head.head)) !== plan.base)) throw new NotUnderstood(`I cannot tell what "${head.text}" ranks.`);
  const headSuperlative = head?.superlative ?? null;
  const asked = request.heads[0]?.head?.text ?? '';
  if (headSuperlative !== null) refuseUncounted(plan, headSuperlative, head?.head?.text ?? '');
  const ranked: { order: string; limit: number; output: Output | null }[] = [];
  const conditions: Condition[] = [];
  for (const condition of request.conditions) {
    if (condition.kind === 'phrase' && condition.phrase.superlative !== null) {
      if (headSuperlative === null) refuseUncounted(plan, condition.phrase.superlative, asked);
      ranked.push(rankBy(plan, condition.phrase, condition.phrase.superlative, reading, showsRows(subject)));
    } else conditions.push(condition);
  }
  if (head !== undefined && headSuperlative !== null && !headSuperlative.open) ranked.push(rankHead(plan, head, headSuperlative, reading));
  const shown = composeConditions(plan, conditions, reading, () => false);
  if (asksOneNumber(request, subject) && !plan.pinned && ranked.length === 0 && headSuperlative === null) throw new NotUnderstood(`I cannot tell which figure of "${request.heads[0]?.text ?? ''}" is wanted: a total, an average or each one.`);
  const outputs = listOutputs(plan, subject, shown, listed, reading);
  if (headSuperlative?.open === true) {
    const by = request.order?.phrase ?? null;
    if (by === null && ranked.length === 0 && headSuperlative.word === 'first') ranked.push({ order: tieBreak(plan).join(', '), limit: headSuperlative.count, output: null });
    if (by === null && ranked.length === 0) throw new NotUnderstood(`I cannot tell what "${headSuperlative.word} ${headSuperlative.count}" goes by.`);
    if (by !== null) ranked.push(rankBy(plan, by, { ...headSuperlative, direction: request.order?.direction ?? headSuperlative.direction }, reading, showsRows(subject)));
    else ranked.forEach((rank) => Object.assign(rank, { limit: headSuperlative.count }));
  } else if (request.order !== null) ranked.push({ ...sortBy(plan, request, outputs, reading), limit: 0 });
  if (ranked.length > 1) throw new NotUnderstood('The question ranks by more than one thing.');
  const [rank] = ranked;
  const limit = rank === undefined || rank.limit === 0 ? null : rank.limit;
  const extra = rank?.output !== null && rank?.output !== undefined && !outputs.some(({ sql }) => sql === rank.output?.sql) ? [rank.output] : [];
  const distinct = request.distinct || needsDistinct(plan, subject);
  const all = [...outputs, ...extra];
  const tie = distinct ? [] : tieBreak(plan);
  const listing = listed.length > 0 ? outputs.slice(0, listed.length).map(({ sql }) => sql) : [];
  const terms = [...new Set([...(rank === undefined ? [] : [rank.order]), ...listing, ...tie])];
  const order = terms.length === 0 ? (distinct ? `ORDER BY ${all.map((_output, index) => index + 1).join(', ')}` : '') : `ORDER BY ${terms.join(', ')}`;
  if (distinct && rank !== undefined && !all.some(({ sql }) => rank.order.startsWith(sql))) throw new NotUnderstood('I cannot sort distinct values by something else.');
  return finish(plan, all, '', order, limit, `Lists ${plural(plan.base)}`, distinct);
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

function isUnique(column: Column): boolean {
  const { relation } = column.node;
  return [relation.primaryKey, ...relation.uniqueKeys].some((key) => key.length === 1 && key[0] === column.column.name);
}

function tieBreak(plan: Plan): readonly string[] {
  const alias = plan.scope.reach(plan.basePath, true);
  const key = plan.base.relation.primaryKey;
  return (key.length > 0 ? key : plan.base.label.map((column) => column.column.name)).map((column) => `${quotedName(alias)}.${quotedName(column)}`);
}

function listOutputs(plan: Plan, subject: Subject, shown: readonly Shown[], listed: readonly Grouping[], reading: Reading): Output[] {
  const outputs: Output[] = [];
  const add = (sql: string, name: string): void => {
    if (outputs.some((output) => output.sql === sql)) return;
    let unique = name;
    for (let number = 2; outputs.some((output) => output.name === unique); number += 1) unique = `${name}_${number}`;
    outputs.push({ sql, name: unique });
  };
  const addLabel = (place: Place, inner: boolean): void => {
    if (place.node.label.length === 0) throw new NotUnderstood(`${place.node.relation.name} have no name to show.`);
    for (const column of place.node.label) add(plan.ref(place, column, inner), place.node === plan.base ? column.column.name : outerName(place.node, column));
  };
  for (const group of listed) {
    if (group.kind === 'time' || group.phrase.head === null || group.phrase.before.length > 0 || group.phrase.of !== null) throw new NotUnderstood('I cannot tell how to sort the rows.');
    const link = reading.pick(group.phrase.head);
    if (link.kind === 'column') add(plan.ref(parentPlace(plan, link.column.node), link.column, false), link.column.node === plan.base ? link.column.column.name : outerName(link.column.node, link.column));
    else if (link.kind === 'relation' || link.kind === 'label') addLabel(parentPlace(plan, link.node), false);
    else throw new NotUnderstood(`I cannot sort by "${group.phrase.text}".`);
  }
  for (const projection of subject.projections) {
    if (projection.kind === 'role') {
      const child = parentPlace(plan, projection.edge.child);
      addLabel({ scope: child.scope, path: [...child.path, projection.edge], node: projection.edge.parent }, false);
    } else if (projection.kind === 'label') addLabel(parentPlace(plan, projection.node), false);
    else add(plan.ref(parentPlace(plan, projection.column.node), projection.column, false), projection.column.column.name);
  }
  if (subject.whole) {
    const alias = plan.scope.reach(plan.basePath, true);
    for (const column of displayColumns(plan.base)) add(columnRef(alias, column), column.column.name);
    if (plan.base.label.length === 0) {
      for (const edge of plan.base.parents) {
        if (edge.parent.label.length > 0 && edge.role.length === 0) addLabel({ scope: plan.scope, path: [...plan.basePath, edge], node: edge.parent }, false);
      }
    }
  }
  for (const { place, columns } of shown) for (const column of columns) add(plan.ref(place, column), place.node === plan.base ? column.column.name : outerName(place.node, column));
  if (outputs.length === 0) throw new NotUnderstood(`There is nothing to show of ${plural(plan.base)}.`);
  return outputs;
}

function outerName(node: Node, column: Column): string {
  return column.column.name === 'name' ? node.words.join('_') : column.column.name;
}

/** Whether each line shown is one of the rows asked for, and no value that several of them share. */
function showsRows(subject: Subject): boolean {
  return subject.whole || subject.projections.some((projection) => (projection.kind === 'label' && projection.node === subject.base) || (projection.kind === 'column' && isUnique(projection.column)));
}

function rankHead(plan: Plan, head: NounPhrase, superlative: Superlative, reading: Reading): { order: string; limit: number; output: Output | null } {
  if (superlative.hints === null) {
    if (head.head === null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
    return rankBy(plan, head, superlative, reading);
  }
  const column = rankedColumn(plan.base, superlative.hints, superlative.word);
  return ordered(plan, column, superlative);
}

/** "the newest buildings": more than one, and the question does not say how many. */
function refuseUncounted(plan: Plan, superlative: Superlative, text: string): void {
  if (superlative.count === 1 && !superlative.open && isPlural(text)) throw new Ambiguous(`How many of the ${plural(plan.base)} do you want to see?`);
}

function ordered(plan: Plan, column: Column, superlative: Superlative): { order: string; limit: number; output: Output | null } {
  const place = plan.placeAsParent(column.node);
  if (place === null) throw new NotUnderstood(`Each of the ${plural(plan.base)} has several ${column.column.name.replaceAll('_', ' ')}s to rank by.`);
  const sql = plan.ref(place, column);
  return { order: `${sql} ${superlative.direction.toUpperCase()} NULLS LAST`, limit: superlative.count, output: { sql, name: column.column.name } };
}

/** Ranks by what a phrase names: a column, a count of related rows, or a figure. */
function rankBy(plan: Plan, phrase: NounPhrase, superlative: Superlative, reading: Reading, wholeRows = true): { order: string; limit: number; output: Output | null } {
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link === null || phrase.before.length > 0 || phrase.name !== null || phrase.key !== null) throw new NotUnderstood(`I cannot rank by "${phrase.text}".`);
  if (phrase.aggregate === null && link.kind === 'column') return ordered(plan, link.column, superlative);
  // "the depot with the most expensive vehicle" goes by the price, not by how many there are.
  const hinted = link.kind === 'relation' && phrase.aggregate === null && superlative.hints !== null ? rankedColumn(link.node, superlative.hints, superlative.word) : null;
  if (hinted !== null && hinted.node === plan.base) return ordered(plan, hinted, superlative);
  const measure: Measure | null = hinted !== null ? { kind: 'aggregate', node: hinted.node, function: superlative.direction === 'desc' ? 'max' : 'min', column: hinted, phrase } : measureOf({ ...phrase, superlative: null, ...(link.kind === 'relation' ? { aggregate: 'count' as const } : {}) }, 'show', null, reading);
  if (measure === null) throw new NotUnderstood(`I cannot rank by "${phrase.text}".`);
  if (measure.node === plan.base) throw new NotUnderstood(`I cannot rank ${plural(plan.base)} by "${phrase.text}".`);
  if (!wholeRows) throw new NotUnderstood(`I cannot rank values by "${phrase.text}".`);
  const figure = derivedFigure(plan, measure, reading);
  return { order: `${figure.sql} ${superlative.direction.toUpperCase()} NULLS LAST`, limit: superlative.count, output: { sql: figure.sql, name: figure.name } };
}

function sortBy(plan: Plan, request: Request, outputs: readonly Output[], reading: Reading): { order: string; output: Output | null } {
  const phrase = request.order?.phrase ?? null;
  const direction = request.order?.direction ?? 'asc';
  if (phrase === null) {
    const [first] = outputs;
    return { order: `${first?.sql} ${direction.toUpperCase()}`, output: null };
  }
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link?.kind === 'label' || (link?.kind === 'relation' && phrase.aggregate === null)) {
    const place = parentPlace(plan, link.node);
    const order = place.node.label.map((column) => `${plan.ref(place, column, false)} ${direction.toUpperCase()}`).join(', ');
    if (order === '') throw new NotUnderstood(`I cannot sort by "${phrase.text}".`);
    return { order, output: null };
  }
  return rankBy(plan, phrase, { direction, count: 1, open: false, hints: null, word: phrase.text }, reading);
}

function finish(plan: Plan, outputs: readonly Output[], tail: string, order: string, limit: number | null, what: string, distinct = false): Statement {
  const select = outputs.map(({ sql, name }) => (sql.endsWith(`.${quotedName(name)}`) ? sql : `${sql} AS ${quotedName(name)}`));
  const sql = [`SELECT ${distinct ? 'DISTINCT ' : ''}${select.join(', ')}`, plan.fromClause(), plan.whereClause(), tail, order, limit === null ? '' : `LIMIT ${limit}`].filter((part) => part !== '').join('\n');
  const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
  return { sql, parameters: plan.names.parameters, explanation: `${what}${where}.`, relations: [plan.base], cost: plan.cost };
}

function describeMeasure(measure: Measure): string {
  if (measure.kind === 'metric') return measure.metric.name.replaceAll('_', ' ');
  if (measure.kind === 'count') return `number of ${measure.column === null ? plural(measure.node) : `distinct ${measure.column.column.name.replaceAll('_', ' ')}`}`;
  return figureName(measure).replaceAll('_', ' ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
