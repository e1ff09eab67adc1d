import { holdsPeople } from './holds-people.js';
import { costMargin } from './join-graph.js';
import type { Link } from './link.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Place, Plan } from './planner.js';
import type { Edge, Node } from './schema-graph.js';
import { nodeOf } from './subject.js';

/** How a condition looks for its place: negated ones get a subquery of their own, a verb says which way. */
export function placement(plan: Plan, negated: boolean, via: Link | null): { negated: boolean; through: Node | null } {
  return { negated, through: via === null ? null : throughNode(plan, via) };
}

/** The relation a verb names on the way: "enrolled in" goes through enrollments. */
function throughNode(plan: Plan, via: Link): Node | null {
  const node = nodeOf(via);
  return node === plan.base || via.kind === 'role' ? null : node;
}

/** Where the relation stands that a key's role points to. */
export function rolePlace(plan: Plan, edge: Edge): Place {
  if (edge.child === plan.base) return { scope: plan.scope, path: [...plan.basePath, edge], node: edge.parent };
  const place = plan.place(edge.child);
  return { scope: place.scope, path: [...place.path, edge], node: edge.parent };
}

/**
 * Where a bare name such as "Maria Lopez" can be: the one relation near by whose rows have names that no list of
 * values holds. `beside`: the name stands behind a preposition, so it is not one of the rows asked for; `located`: the
 * preposition is one of place.
 */
export function personPlace(plan: Plan, name: string, negated: boolean, via: Link | null, said: { readonly beside: boolean; readonly located: boolean }): Place {
  if (via?.kind === 'role') return rolePlace(plan, via.edge);
  const named = (node: Node): boolean => node.label.length > 0 && node.label.every((column) => !column.column.sampleValuesComplete);
  // In "patients with an appointment with Omar Petit" he is none of the patients asked for.
  const people = plan.graph.nodes.filter((node) => named(node) && !(said.beside && node === plan.base) && !(said.located && holdsPeople(node)));
  const near = people.map((node) => ({ node, cost: plan.costTo(node) })).filter(({ cost }) => cost < Infinity);
  near.sort((a, b) => a.cost - b.cost);
  const [best, next] = near;
  if (best === undefined) throw new NotUnderstood(`I do not know what "${name}" is.`);
  if (next !== undefined && next.cost - best.cost < costMargin) throw new Ambiguous(`Is "${name}" one of the ${plural(best.node)} or one of the ${plural(next.node)}?`);
  return plan.place(best.node, placement(plan, negated, via));
}
