import type { Link } from './link.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { placement } from './placement.js';
import { Ambiguous } from './planner.js';
import type { Place, Plan } from './planner.js';
import { presenceCondition } from './presence-condition.js';
import type { Column } from './schema-graph.js';
import { filterCondition, valueCondition } from './values.js';

/** Values of one column, as a question names them. */
export interface NamedValues {
  readonly column: Column;
  readonly values: readonly (string | boolean)[];
  readonly and?: true;
}

export function putValues(plan: Plan, named: NamedValues, negated: boolean, via: Link | null, every = false): void {
  const { column, values } = named;
  const place = plan.place(column.node, { ...placement(plan, negated, via), fresh: every });
  if (every && place.scope === plan.scope) throw new NotUnderstood(`Each of the ${plural(plan.base)} has one ${columnInWords(column)} only, never both.`);
  // A book has one genre, so "history and crime books" are either; a student takes several courses.
  if (named.and === true && !negated && (place.scope !== plan.scope || via !== null)) throw new Ambiguous(`Do you mean ${plural(plan.base)} with any of ${values.join(' and ')}, or with all of them?`);
  const outside = negated && place.scope !== plan.scope;
  if (!negated) refuseContradiction(plan, place, column, values);
  place.scope.where.push(valueCondition(plan, place, column, values, negated && !outside));
}

/** One row cannot hold two values of a column: "Physics and Chemistry" may mean either or both. */
function refuseContradiction(plan: Plan, place: Place, column: Column, values: readonly (string | boolean)[]): void {
  const before = plan.values.find((held) => held.scope === place.scope && held.column === column);
  if (before !== undefined && before.values.join() !== values.join() && typeof values[0] === 'boolean') throw new NotUnderstood(`The question asks for ${plural(plan.base)} that are ${column.words.filter((word) => !/^(is|has|was|are|can)$/.test(word)).join(' ')} and for others at once.`);
  if (before !== undefined && before.values.join() !== values.join()) throw new Ambiguous(`Do you mean ${before.values.join(' or ')} or ${values.join(' or ')}, or ${plural(plan.base)} with both?`);
  plan.values.push({ scope: place.scope, column, values });
}

/** A value, a named filter or a relation that qualifies rows from beside them. */
export function putMention(plan: Plan, link: Link, negated: boolean, headColumn: Column | null = null): void {
  if (link.kind === 'value') putValues(plan, link, negated, null);
  else if (link.kind === 'presence') presenceCondition(plan, plan.place(link.column.node), link.column, link.present !== negated);
  else if (link.kind === 'filter') {
    const place = plan.place(link.node, { negated });
    place.scope.where.push(filterCondition(plan, place, link.filter, negated && place.scope === plan.scope));
  } else if (link.kind === 'relation') {
    if (link.node === plan.base || plan.scope.root === link.node) return;
    if (headColumn !== null && headColumn.node !== link.node) throw new NotUnderstood(`${plural(link.node)} have no ${columnInWords(headColumn)}.`);
    if (link.cost > 0) throw new NotUnderstood(`I cannot tell what ${plural(link.node)} have to do with the ${plural(plan.base)} asked for.`);
    const place = plan.place(link.node);
    place.scope.reach(place.path, true);
  } else throw new NotUnderstood('I cannot tell what a word before the noun restricts.');
}
