import { composeConditions } from './compose-conditions.js';
import { refuseInnerRanking } from './compose-figures.js';
import { figureExpression } from './derived-figure.js';
import { addGroup } from './group-keys.js';
import { putHeadQualifiers } from './head-qualifiers.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import type { Reading } from './reading.js';
import type { Condition, Grouping, Request } from './request.js';
import { describeMeasure, finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import type { Measure, Subject } from './subject.js';

/**
 * A percentage: of the rows, or of a sum over them, what part meets the conditions; or, without a condition, how the
 * whole divides over the groups.
 */
export function composeShare(plan: Plan, request: Request, subject: Subject, groups: readonly Grouping[], reading: Reading): Statement {
  refuseInnerRanking(request);
  const [measure, ...more] = subject.measures;
  if (measure === undefined || more.length > 0 || subject.projections.length > 0) throw new NotUnderstood('I cannot tell what the percentage is of.');
  if (request.heads.some((head) => head.superlative !== null) || request.conditions.some((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null)) throw new NotUnderstood('I cannot tell what the percentage ranks.');
  if (plan.scope.root !== plan.base) throw new NotUnderstood(`A percentage of ${plural(plan.base)} would count rows more than once when grouped this way.`);
  const { whole, part } = partsOf(request);
  const qualifies = part.length === 0 && hasQualifiers(request);
  if (!qualifies) {
    if (request.whole === null && part.length > 0 && hasQualifiers(request)) throw new NotUnderstood(`I cannot tell whether the percentage is of all ${plural(plan.base)} or only of "${request.heads[0]?.text ?? ''}". Ask "what percentage of .. are ..".`);
    putHeadQualifiers(plan, request, reading);
  }
  composeConditions(plan, whole, reading, () => false);
  const restricted = plan.described.splice(0);
  const parts = plan.capture(() => {
    if (qualifies) putHeadQualifiers(plan, request, reading);
    composeConditions(plan, part, reading, () => false);
  });
  const kept = plan.described.splice(0);
  if (parts.length > 0 && groups.length > 0 && kept.length === 0) throw new NotUnderstood('I cannot tell which part the percentage is to be of the whole.');
  const keys: Output[] = [];
  const groupBy: string[] = [];
  const described: string[] = [];
  for (const group of groups) addGroup(plan, group, reading, keys, groupBy, described);
  if (parts.length === 0 && groups.length === 0) throw new NotUnderstood('I cannot tell which part the percentage is to be of the whole.');
  const figure = additive(measure, plan.scope.reach(plan.basePath, true));
  const total = parts.length === 0 ? `sum(${figure}) OVER ()` : figure;
  const percentage = `100.0 * ${figure}${parts.length === 0 ? '' : ` FILTER (WHERE ${parts.join(' AND ')})`} / nullif(${total}, 0)`;
  plan.described.push(...restricted);
  const of = measure.kind === 'count' ? plural(plan.base) : describeMeasure(measure);
  const what = parts.length === 0 ? `Percentage of the ${of} that falls to each ${described.join(' and ')}` : `Percentage of ${of} with ${kept.join(' and ')}${described.length === 0 ? '' : ` for each ${described.join(' and ')}`}`;
  const byTime = groups.some((group) => group.kind === 'time');
  const order = groups.length === 0 ? '' : byTime ? `ORDER BY ${keys.map(({ sql, order: other }) => other ?? sql).join(', ')}` : `ORDER BY percentage DESC NULLS LAST, ${keys[0]?.sql ?? ''}`;
  return finishStatement(plan, [...keys, { sql: percentage, name: 'percentage' }], groups.length === 0 ? '' : `GROUP BY ${groupBy.join(', ')}`, order, null, what);
}

/** Conditions before the verb restrict the whole ("of the orders in 2024, .. were returned"); those behind it are the part. */
function partsOf(request: Request): { readonly whole: readonly Condition[]; readonly part: readonly Condition[] } {
  const split = request.whole ?? 0;
  const after = request.conditions.slice(split);
  // "were placed by phone in 2024": the time is that of the whole, unless it alone is asked about.
  const beside = request.whole === null || after.some((condition) => condition.kind !== 'time');
  const isWhole = (condition: Condition): boolean => beside && condition.kind === 'time';
  return { whole: [...request.conditions.slice(0, split), ...after.filter(isWhole)], part: after.filter((condition) => !isWhole(condition)) };
}

function hasQualifiers(request: Request): boolean {
  return request.heads.some((head) => head.before.length > 0 || head.name !== null || head.of !== null || head.head?.links.every((link) => link.kind === 'value' || link.kind === 'filter') === true);
}

/** A figure whose parts add up to the whole: a count of rows or a sum. */
function additive(measure: Measure, alias: string): string {
  const expression = figureExpression(measure, alias, false);
  if (!isAdditiveFigure(measure)) throw new NotUnderstood(`There is no percentage of ${describeMeasure(measure)}: its parts do not add up.`);
  return expression;
}

/** Whether the figures of disjoint rows add up to that of all of them: counts of rows and sums do. */
export function isAdditiveFigure(measure: Measure): boolean {
  if (measure.kind === 'count') return measure.column === null;
  if (measure.kind === 'aggregate') return measure.function === 'sum';
  const counted = /^count\(distinct \S*?(\w+)\)$/i.exec(measure.metric.expression)?.[1];
  const { primaryKey } = measure.node.relation;
  return /^sum\([^()]*\)$/i.test(measure.metric.expression) || (counted !== undefined && primaryKey.length === 1 && primaryKey[0] === counted);
}
