import { derivedFigure } from './derived-figure.js';
import { weakCost } from './link.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Plan } from './planner.js';
import { columnRef, relationAs } from './query-builder.js';
import { rankedColumn } from './ranked-column.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';
import type { Node } from './schema-graph.js';
import type { Measure } from './subject.js';

/** Keeps the rows that lie above or below the mean over all rows of their relation. */
export function averageCondition(plan: Plan, condition: Extract<Condition, { kind: 'average' }>, reading: Reading): void {
  const { attribute, hints, comparison } = condition;
  const link = attribute === null ? null : reading.pick(attribute);
  if (link?.kind === 'relation') {
    countCondition(plan, link.node, attribute?.text ?? '', comparison);
    return;
  }
  const named = link?.kind === 'column' && (link.cost < weakCost || link.column.node === plan.base) ? link.column : null;
  if (named === null && hints === null) throw new NotUnderstood(`I cannot tell which average of "${attribute?.text ?? ''}" is meant.`);
  const column = named ?? rankedColumn(plan.base, hints ?? [], attribute?.text ?? 'average');
  const words = columnInWords(column);
  if (column.kind !== 'number' || column.node.keyColumns.has(column.column.name)) throw new NotUnderstood(`${plural(column.node)} have no average of ${words}.`);
  const place = plan.place(column.node);
  if (place.scope !== plan.scope) throw new NotUnderstood(`Each of the ${plural(plan.base)} has several ${plural(column.node)} to compare with the average.`);
  const alias = plan.names.alias(`all_${column.node.relation.name}`);
  plan.scope.where.push(`${plan.ref(place, column)} ${comparison} (SELECT avg(${columnRef(alias, column)}) FROM ${relationAs(column.node, alias)})`);
  plan.described.push(`${words} ${comparison} the average over all ${plural(column.node)}`);
}

/** "departments with more students than average": the mean over all departments, those without students as well. */
function countCondition(plan: Plan, node: Node, text: string, comparison: '<' | '>'): void {
  const measure: Measure = { kind: 'count', node, column: null, distinct: false, phrase: { text, aggregate: 'count', distinct: false, superlative: null, before: [], head: null, name: null, key: null, of: null } };
  if (node === plan.base) throw new NotUnderstood(`I cannot tell of what the average number of ${plural(node)} is taken.`);
  const figure = derivedFigure(plan, measure);
  const all = new Plan(plan.graph, plan.base, plan.named, { node: plan.base, path: [] }, plan.names);
  const every = derivedFigure(all, measure);
  // What follows would restrict one of the two figures only.
  plan.open = null;
  plan.scope.where.push(`${figure.sql} ${comparison} (\n  SELECT avg(${every.sql})\n  ${all.fromClause().replaceAll('\n', '\n  ')}\n)`);
  plan.described.push(`number of ${plural(node)} ${comparison} the average over all ${plural(plan.base)}, counting 0 for those without any`);
}
