import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { waysBetween } from './join-graph.js';
import { only } from './planner.js';
import type { Plan } from './planner.js';
import { Scope } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import type { Measure } from './subject.js';
import { withAlias } from './values.js';

/** A figure computed for each of the rows asked for, as an expression over a derived table that is joined once. */
export interface DerivedFigure {
  readonly sql: string;
  /** What a column of it is called: `course_count`. */
  readonly name: string;
}

/**
 * Joins `SELECT key, figure GROUP BY key` to the rows asked for, so that "departments with more than two courses" reads
 * the facts once. Rows without facts count 0; other figures are NULL for them.
 */
export function derivedFigure(plan: Plan, measure: Measure): DerivedFigure {
  const way = only(waysBetween(plan.base, measure.node, plan.named), plan.base, measure.node);
  // A metric is a thing of its own: how far its relation lies says nothing against it.
  if (measure.kind !== 'metric') plan.charge(way);
  const [first] = way.down;
  if (first === undefined) throw new NotUnderstood(`Each of the ${plural(plan.base)} has at most one of the ${plural(measure.node)}.`);
  if (way.up.length > 0 && measure.kind !== 'count') throw new NotUnderstood(`A figure over ${plural(measure.node)} for each of the ${plural(plan.base)} would count rows more than once.`);
  const name = figureName(measure);
  const scope = plan.adoptFacts(way.down) ?? new Scope(way.down.at(-1)?.child ?? plan.base, plan.names);
  const nearest = scope.reach([...way.down.slice(1)].reverse(), true);
  const target = scope.reach(way.up, true);
  const expression = figureExpression(measure, target, way.up.length > 0);
  const keys = first.key.from.columns.map((column) => `${quotedName(nearest)}.${quotedName(column)}`);
  const alias = plan.names.alias(name.endsWith('s') ? name : `${name.replace(/y$/, 'ie')}s`);
  const base = plan.scope.reach(plan.basePath, true);
  plan.joined.push({
    scope,
    /** Rendered late: conditions may still be added to the scope. */
    render: () => `LEFT JOIN (\n  SELECT ${keys.join(', ')}, ${expression} AS ${quotedName(name)}\n  ${scope.fromClause().replaceAll('\n', '\n  ')}${scope.where.length === 0 ? '' : `\n  WHERE ${scope.where.join(' AND ')}`}\n  GROUP BY ${keys.join(', ')}\n) AS ${quotedName(alias)} ON ${first.key.from.columns.map((column, index) => `${quotedName(alias)}.${quotedName(column)} = ${quotedName(base)}.${quotedName(first.key.to.columns[index] ?? '')}`).join(' AND ')}`,
  });
  plan.open = { scope, down: way.down, negated: false };
  const ref = `${quotedName(alias)}.${quotedName(name)}`;
  return { sql: measure.kind === 'count' ? `coalesce(${ref}, 0)` : ref, name };
}

/** The aggregate of a measure over an alias; counts of a relation that joins repeat are counts of its key. */
export function figureExpression(measure: Measure, alias: string, repeated: boolean): string {
  if (measure.kind === 'metric') return withAlias(measure.metric.expression, measure.node, alias);
  if (measure.kind === 'aggregate' && measure.function === 'median') return `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${quotedName(alias)}.${quotedName(measure.column.column.name)})`;
  if (measure.kind === 'aggregate') return `${measure.function}(${quotedName(alias)}.${quotedName(measure.column.column.name)})`;
  if (measure.column !== null) return `count(DISTINCT ${quotedName(alias)}.${quotedName(measure.column.column.name)})`;
  if (!repeated) return 'count(*)';
  const { primaryKey, uniqueKeys } = measure.node.relation;
  const key = primaryKey.length > 0 ? primaryKey : (uniqueKeys[0] ?? measure.node.children[0]?.key.to.columns ?? []);
  if (key.length === 0) throw new NotUnderstood(`${plural(measure.node)} have no key to count them by.`);
  const columns = key.map((column) => `${quotedName(alias)}.${quotedName(column)}`);
  return `count(DISTINCT ${columns.length === 1 ? columns[0] : `(${columns.join(', ')})`})`;
}

export function figureName(measure: Measure): string {
  if (measure.kind === 'metric') return measure.metric.name.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  if (measure.kind === 'aggregate') return `${aggregateName(measure)}_${measure.column.column.name.replace(/^(total|avg|average)_/, '')}`;
  return `${measure.column === null ? measure.node.words.join('_') : measure.column.column.name}_count`;
}

/** What an aggregate is called: "total", and "latest" for the last of days. */
export function aggregateName(measure: Extract<Measure, { kind: 'aggregate' }>): string {
  if (measure.column.kind === 'date' || measure.column.kind === 'timestamp') return measure.function === 'min' ? 'earliest' : 'latest';
  return { sum: 'total', avg: 'average', median: 'median', min: 'lowest', max: 'highest' }[measure.function];
}
