import { absence } from './absence.js';
import type { Link } from './link.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Plan } from './planner.js';
import { presenceCondition } from './presence-condition.js';
import { nodeOf } from './subject.js';

/** A verb without anything after it: "students who enrolled", "completed" as a date that is set. */
export function verbCondition(plan: Plan, link: Link, negated: boolean, yet = false): void {
  const node = nodeOf(link);
  if (negated) {
    if (link.kind === 'column' && node === plan.base && link.column.column.nullable) {
      presenceCondition(plan, plan.basePlace(), link.column, false);
      return;
    }
    // "patients not discharged": an admission without a day of it, or no admission that has one?
    if (link.kind === 'column' && node !== plan.base && link.column.column.nullable) {
      if (!yet) throw new Ambiguous(`Do you mean ${plural(plan.base)} with ${plural(node)} whose ${columnInWords(link.column)} is empty, or ${plural(plan.base)} without any of the ${plural(node)}? Say "not .. yet" for the first, "without ${plural(node)}" for the second.`);
      presenceCondition(plan, plan.place(node), link.column, false);
      return;
    }
    if (node === plan.base || link.kind === 'role') throw new NotUnderstood('I cannot tell what the question excludes.');
    absence(plan, node, link, null);
    return;
  }
  // "placed more than 60 orders": the verb and the figure are about the same facts.
  if (plan.figuredNodes.has(node)) return;
  if (node === plan.base || plan.scope.root === node) {
    if (link.kind === 'column' && link.column.column.nullable && link.column.node === plan.base) plan.scope.where.push(`${plan.ref(plan.basePlace(), link.column)} IS NOT NULL`);
    return;
  }
  if (link.kind === 'role') throw new NotUnderstood('I cannot tell who or what a verb of the question refers to.');
  plan.described.push(`with ${plural(node)}`);
  const place = plan.place(node);
  place.scope.reach(place.path, true);
}
