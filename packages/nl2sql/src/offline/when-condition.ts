import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Plan } from './planner.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';
import type { Column, Node } from './schema-graph.js';
import { isTime, parentTimeColumns, timeColumns } from './time-column.js';
import { timeCondition } from './values.js';

/** Finds the date that a time expression speaks of and puts the condition on it into the plan. */
export function whenCondition(plan: Plan, condition: Extract<Condition, { kind: 'time' }>, reading: Reading): void {
  const { range, verb, negated } = condition;
  const link = verb === null ? null : reading.pick(verb);
  if (link !== null && link.kind === 'column') {
    if (!isTime(link.column, range.wholeYears) && !(link.column.kind === 'number' && range.wholeYears)) throw new NotUnderstood(`"${verb?.text}" is not something that happens at a time here.`);
    putTime(plan, link.column, condition);
    return;
  }
  if (link !== null && link.kind !== 'relation') throw new NotUnderstood(`I cannot tell when "${verb?.text}" happens.`);
  // "revenue of enterprise customers in 2023" is that of the year, whenever the customers came.
  const free = link === null && plan.open === null && plan.adjacent === null;
  const mine = free ? timeColumns(plan.base, range.wholeYears) : [];
  const fact = free && mine.length === 0 ? parentTimeColumns(plan.base, range.wholeYears) : mine;
  const nodes = link?.kind === 'relation' ? [link.node] : plan.open !== null ? [plan.open.scope.root] : involved(plan);
  const own = fact.length > 0 ? fact : nodes.flatMap((node) => timeColumns(node, range.wholeYears));
  const candidates = own.length > 0 ? own : parentTimeColumns(plan.open?.scope.root ?? plan.base, range.wholeYears);
  const [column, ...others] = candidates;
  if (column === undefined) throw new NotUnderstood(`Nothing about ${nodes.map(plural).join(' or ')} says when it happened.`);
  if (others.length > 0) throw new Ambiguous(`Which date do you mean: ${candidates.map((option) => `${plural(option.node)} ${columnInWords(option)}`).join(', ')}?`);
  const before = plan.cost;
  putTime(plan, column, { ...condition, negated });
  // That an order line happened when its order did is no leap.
  if (own.length === 0) plan.cost = before;
}

function putTime(plan: Plan, column: Column, condition: Extract<Condition, { kind: 'time' }>): void {
  const place = plan.place(column.node, { negated: condition.negated });
  const outside = condition.negated && place.scope !== plan.scope;
  place.scope.where.push(timeCondition(plan, plan.ref(place, column), column, condition.range, condition.negated && !outside));
}

/** The relations a date without a verb may belong to: the one asked for, the facts in play and those the question names. */
function involved(plan: Plan): readonly Node[] {
  const nodes = new Set<Node>([plan.base, plan.scope.root, ...plan.facts.filter((facts) => !facts.negated).map((facts) => facts.scope.root)]);
  for (const named of plan.named) if ('relation' in named) nodes.add(named);
  return [...nodes];
}
