import { weakCost } from './link.js';
import { NotUnderstood } from './not-understood.js';
import { plural } from './planner.js';
import type { Plan } from './planner.js';
import { columnRef, relationAs } from './query-builder.js';
import { rankedColumn } from './ranked-column.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';

/** Keeps the rows that lie above or below the mean over all rows of their relation. */
export function averageCondition(plan: Plan, condition: Extract<Condition, { kind: 'average' }>, reading: Reading): void {
  const { attribute, hints, comparison } = condition;
  const link = attribute === null ? null : reading.pick(attribute);
  const named = link?.kind === 'column' && (link.cost < weakCost || link.column.node === plan.base) ? link.column : null;
  if (named === null && hints === null) throw new NotUnderstood(`I cannot tell which average of "${attribute?.text ?? ''}" is meant.`);
  const column = named ?? rankedColumn(plan.base, hints ?? [], attribute?.text ?? 'average');
  const words = column.column.name.replaceAll('_', ' ');
  if (column.kind !== 'number' || column.node.keyColumns.has(column.column.name)) throw new NotUnderstood(`${plural(column.node)} have no average of ${words}.`);
  const place = plan.place(column.node);
  if (place.scope !== plan.scope) throw new NotUnderstood(`Each of the ${plural(plan.base)} has several ${plural(column.node)} to compare with the average.`);
  const alias = plan.names.alias(`all_${column.node.relation.name}`);
  plan.scope.where.push(`${plan.ref(place, column)} ${comparison} (SELECT avg(${columnRef(alias, column)}) FROM ${relationAs(column.node, alias)})`);
  plan.described.push(`${words} ${comparison} the average over all ${plural(column.node)}`);
}
