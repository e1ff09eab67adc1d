import { derivedFigure, figureName } from './derived-figure.js';
import { weakCost } from './link.js';
import { inColumnUnit } from './measure-units.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import { rankedColumn } from './ranked-column.js';
import type { Reading } from './reading.js';
import type { Condition, NounPhrase } from './request.js';
import { describeMeasure } from './statement.js';
import { nodeOf } from './subject.js';
import type { Measure } from './subject.js';
import { comparisonCondition, nameCondition } from './values.js';

/** Puts a comparison of an attribute, or of a figure for each row, into the plan. */
export function compareCondition(plan: Plan, condition: Extract<Condition, { kind: 'compare' }>, reading: Reading, having: (measure: Measure, comparison: () => string) => boolean): void {
  const { attribute, aggregate, hints, comparison, value, to, unit = null } = condition;
  const link = attribute === null ? null : reading.pick(attribute);
  if (link?.kind === 'metric' || aggregate !== null) {
    if (link === null || (link.kind !== 'metric' && link.kind !== 'column' && link.kind !== 'relation')) throw new NotUnderstood(`I cannot compute "${attribute?.text}".`);
    if (typeof value !== 'number' || to !== null) throw new NotUnderstood(`I cannot compare "${attribute?.text}" with that.`);
    const phrase = emptyPhrase(attribute?.text ?? '');
    const measure: Measure =
      link.kind === 'metric'
        ? { kind: 'metric', node: link.node, metric: link.metric, phrase }
        : link.kind === 'relation' || aggregate === 'count' || aggregate === null
          ? { kind: 'count', node: nodeOf(link), column: null, distinct: false, phrase }
          : { kind: 'aggregate', node: link.column.node, function: aggregate, column: link.column, phrase };
    if (unit !== null && measure.kind === 'count') throw new NotUnderstood(`A number of ${plural(measure.node)} is not measured in ${unit}.`);
    const limit = measure.kind === 'aggregate' ? inColumnUnit(value, unit, measure.column) : value;
    plan.described.push(`${describeMeasure(measure)} ${comparison} ${limit}`);
    if (having(measure, () => `${comparison} ${plan.names.parameter(`${figureName(measure)}_limit`, limit)}`)) return;
    const figure = derivedFigure(plan, measure);
    plan.scope.where.push(`${figure.sql} ${comparison} ${plan.names.parameter(`${figure.name}_limit`, limit)}`);
    return;
  }
  if (link?.kind === 'label' || (link?.kind === 'relation' && typeof value === 'string')) {
    if (typeof value !== 'string') throw new NotUnderstood(`I cannot compare "${attribute?.text}" with a number.`);
    const place = plan.place(nodeOf(link));
    place.scope.where.push(nameCondition(plan, place, { name: value, head: null }, comparison === '<>'));
    return;
  }
  if (link?.kind === 'column' && link.cost >= weakCost && link.column.node !== plan.base) throw new NotUnderstood(`${plural(plan.base)} have no "${attribute?.text}".`);
  const column = link?.kind === 'column' ? link.column : rankedColumn(plan.base, hints ?? [], attribute?.text ?? 'this comparison');
  const place = plan.place(column.node);
  const [from, until] = [value, to].map((number) => (typeof number === 'number' ? inColumnUnit(number, unit, column) : number));
  place.scope.where.push(comparisonCondition(plan, plan.ref(place, column), column, comparison, from ?? value, typeof until === 'number' ? until : null));
}

function emptyPhrase(text: string): NounPhrase {
  return { text, aggregate: null, distinct: false, superlative: null, before: [], head: null, name: null, key: null, of: null };
}
