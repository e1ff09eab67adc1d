import { absence } from './absence.js';
import type { Link } from './link.js';
import { NotUnderstood } from './not-understood.js';
import { plural } from './planner.js';
import type { Plan } from './planner.js';
import { presenceCondition } from './presence-condition.js';
import { nodeOf } from './subject.js';

/** A verb without anything after it: "students who enrolled", "completed" as a date that is set. */
export function verbCondition(plan: Plan, link: Link, negated: boolean): void {
  const node = nodeOf(link);
  if (negated) {
    if (link.kind === 'column' && node === plan.base && link.column.column.nullable) {
      presenceCondition(plan, plan.basePlace(), link.column, false);
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
