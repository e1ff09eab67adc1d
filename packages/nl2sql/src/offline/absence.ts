import type { Link } from './link.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Shown } from './phrase-condition.js';
import { placement } from './placement.js';
import type { Place, Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import type { Edge, Node } from './schema-graph.js';

/** The rows that stand in no relation to any row of `node`. */
export function absence(plan: Plan, node: Node, link: Link, via: Link | null): readonly Shown[] {
  plan.described.push(`without ${link.kind === 'role' ? `a ${link.edge.role.join(' ')}` : plural(node)}`);
  if (link.kind === 'role') {
    plan.scope.where.push(missingKey(plan, link.edge, plan.basePlace()));
    return [];
  }
  const place = plan.place(node, placement(plan, true, via));
  const [edge, ...more] = place.scope === plan.scope ? place.path.slice(plan.basePath.length) : [];
  if (place.scope !== plan.scope) place.scope.reach(place.path, true);
  else if (edge !== undefined && more.length === 0) plan.scope.where.push(missingKey(plan, edge, plan.basePlace()));
  else throw new NotUnderstood(`I cannot tell which rows have no ${plural(node)}.`);
  return [];
}

function missingKey(plan: Plan, edge: Edge, place: Place): string {
  const alias = place.scope.reach(place.path, true);
  return edge.key.from.columns.map((column) => `${quotedName(alias)}.${quotedName(column)} IS NULL`).join(' OR ');
}
