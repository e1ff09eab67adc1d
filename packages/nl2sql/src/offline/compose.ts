import { composeCourse } from './compose-course.js';
import { composeFigureOfFigures, outerFunctionOf, singleAsGroup } from './compose-figure-of-figures.js';
import { composeFigures } from './compose-figures.js';
import { groupComparedValues } from './compared-values.js';
import { composePeriods } from './compose-periods.js';
import { holdingNow } from './current-rows.js';
import { composeGroups } from './compose-groups.js';
import { composeRatio } from './compose-ratio.js';
import { composeShare } from './compose-share.js';
import { asksTopOfEach, composeTopOfEach } from './compose-top-of-each.js';
import { composeList } from './compose-list.js';
import { groupColumns, moveFigures } from './figure-requests.js';
import { putHeadQualifiers } from './head-qualifiers.js';
import { waysBetween } from './join-graph.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { peopleOf } from './people-subject.js';
import { Plan, only } from './planner.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { Grouping, NounPhrase, Request } from './request.js';
import type { Edge, Node, SchemaGraph } from './schema-graph.js';
import type { Statement } from './statement.js';
import { nodeOf, subjectOf } from './subject.js';
import type { Subject } from './subject.js';

/**
 * Turns a reading into SQL.
 *
 * @throws NotUnderstood when this reading makes no statement, Ambiguous when it makes more than one
 */
export function compose(request: Request, reading: Reading, graph: SchemaGraph): Statement {
  const moved = singleAsGroup(groupColumns(moveFigures(groupComparedValues(holdingNow(request, reading), reading), reading), reading), reading);
  if (moved.periods.length > 0) {
    const plain: Request = { ...moved, terse: false };
    return composePeriods(plain, reading, graph, (part) => shareLead(part, reading), (subject) => rootFor(subject, plain.groups, reading, plain));
  }
  if (moved.lead === 'ratio') return composeRatio(moved, reading, graph, (part) => shareLead(part, reading));
  const outer = outerFunctionOf(moved, reading);
  if (outer !== null && moved.course === null) return composeFigureOfFigures(moved, outer, reading, graph, (grouped) => compose({ ...grouped, lead: 'show' }, reading, graph));
  if (moved.course !== null) {
    const plain: Request = { ...(moved.course === 'running' ? summedUp(moved, reading) : moved), course: null };
    return composeCourse(compose(plain, reading, graph), plain, subjectOf(plain, reading), moved.course);
  }
  const subject = moved.lead === 'share' ? subjectOf({ ...moved, lead: shareLead(moved, reading) }, reading) : moved.lead === 'who' && moved.heads.length === 0 ? peopleOf(moved, reading, graph) : subjectOf(moved, reading);
  const grouped = groupingsOf(moved, subject, reading);
  const plan = new Plan(graph, subject.base, namedBy(moved, reading), rootFor(subject, grouped.groups, reading, moved));
  if (moved.lead === 'share') return composeShare(plan, moved, subject, moved.groups, reading);
  putHeadQualifiers(plan, moved, reading);
  if (asksTopOfEach(moved, subject)) return composeTopOfEach(plan, moved, subject, moved.groups, reading);
  if (moved.lead === 'difference' && grouped.groups.length > 0) throw new NotUnderstood('I compute a difference over all rows only, not for each group.');
  if (moved.lead === 'difference' && subject.measures.length !== 2) throw new NotUnderstood('I cannot tell between which two figures the difference is wanted.');
  if (isOverItself(subject, grouped.groups, reading)) return composeFigures(plan, moved, subject, reading);
  return grouped.groups.length > 0 || (subject.measures.length > 0 && subject.projections.length > 0)
    ? composeGroups(plan, moved, subject, grouped.groups, reading)
    : subject.measures.length > 0
      ? composeFigures(plan, moved, subject, reading)
      : composeList(plan, moved, subject, grouped.listed, reading);
}

/** A running total of a column is one of its sum. */
function summedUp(request: Request, reading: Reading): Request {
  const [head, ...more] = request.heads;
  const link = head === undefined || head.head === null ? null : reading.pick(head.head);
  return head !== undefined && more.length === 0 && head.aggregate === null && link?.kind === 'column' && link.column.kind === 'number' ? { ...request, heads: [{ ...head, aggregate: 'sum' }] } : request;
}

/** A share of rows is one of their number, a share of a column one of its sum. */
function shareLead(request: Request, reading: Reading): Request['lead'] {
  const [head] = request.heads;
  const link = head === undefined || head.head === null ? null : reading.pick(head.head);
  if (link?.kind === 'metric' || (head?.aggregate ?? null) !== null) return 'show';
  return link?.kind === 'column' && link.column.kind === 'number' ? 'how-much' : 'count';
}

interface Groups {
  readonly groups: readonly Grouping[];
  /** "students by major": shown and sorted by, not aggregated over. */
  readonly listed: readonly Grouping[];
}

function groupingsOf(request: Request, subject: Subject, reading: Reading): Groups {
  const figures = subject.measures.length > 0;
  // "title and genre of each book" is a list of the books.
  if (!figures && request.groups.length > 0 && request.groups.every((group) => group.kind === 'phrase' && group.each && groupNode(group, reading) === subject.base && isPlainRelation(group.phrase, reading))) return { groups: [], listed: request.groups };
  // "patients by city" is asked for their numbers; "show patients by city" may want to see them.
  const counted = request.terse && subject.whole && request.order === null && request.limit === null && request.heads.length === 1 && request.heads[0]?.superlative === null;
  const each = counted || request.groups.some((group) => group.kind === 'time' || group.each);
  return figures || each ? { groups: request.groups, listed: [] } : { groups: [], listed: request.groups };
}

function isPlainRelation(phrase: NounPhrase, reading: Reading): boolean {
  return phrase.head !== null && reading.pick(phrase.head).kind === 'relation' && phrase.before.length === 0 && phrase.name === null && phrase.key === null && phrase.of === null;
}

/** "average funding per project" is the average over projects: each of them has one. Any other figure of single rows is none. */
function isOverItself(subject: Subject, groups: readonly Grouping[], reading: Reading): boolean {
  const own = groups.filter((group) => {
    const link = group.kind === 'phrase' && group.phrase.head !== null ? reading.pick(group.phrase.head) : null;
    return (link?.kind === 'relation' || link?.kind === 'label') && link.node === subject.base;
  });
  if (own.length === 0 || subject.measures.length === 0) return false;
  if (groups.length === 1 && subject.projections.length === 0 && subject.measures.every((measure) => measure.kind === 'aggregate' && /^(avg|median)$/.test(measure.function))) return true;
  throw new NotUnderstood(`Each of the ${plural(subject.base)} is one row: there is nothing to add up or count for each.`);
}

/** Where the FROM clause begins: at the rows asked for, or at the fact that ties them to what they are grouped by. */
function rootFor(subject: Subject, groups: readonly Grouping[], reading: Reading, request: Request): { node: Node; path: readonly Edge[] } {
  const plain = { node: subject.base, path: [] };
  const named = namedBy(request, reading);
  const nodes = [...groups.map((group) => groupNode(group, reading)), ...subject.projections.map((projection) => (projection.kind === 'label' && (subject.measures.length > 0 || isPaired(projection.phrase, subject, request)) ? projection.node : null))];
  for (const node of nodes) {
    if (node === null || node === subject.base) continue;
    const way = only(waysBetween(subject.base, node, named), subject.base, node);
    const fact = way.down.at(-1)?.child;
    if (fact !== undefined) return { node: fact, path: [...way.down].reverse() };
  }
  return plain;
}

/** "books and their authors": each book with each of its authors, when there is nothing to rank or to count. */
function isPaired(phrase: NounPhrase, subject: Subject, request: Request): boolean {
  return subject.whole && subject.projections.length === 1 && request.heads.length === 2 && request.order === null && /^(their|its) /i.test(phrase.text) && isPlain(phrase) && request.heads.every(({ superlative }) => superlative === null) && request.conditions.every((condition) => condition.kind === 'time' || (condition.kind === 'phrase' && condition.phrase.superlative === null && !condition.negated));
}

function isPlain(phrase: NounPhrase): boolean {
  return phrase.before.length === 0 && phrase.name === null && phrase.key === null && phrase.of === null && phrase.aggregate === null;
}

function groupNode(group: Grouping, reading: Reading): Node | null {
  if (group.kind === 'time') return group.verb === null ? null : nodeOf(reading.pick(group.verb));
  return group.phrase.head === null ? null : nodeOf(reading.pick(group.phrase.head));
}
