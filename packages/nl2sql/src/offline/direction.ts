import type { Condition } from './request.js';
import type { Edge, Node } from './schema-graph.js';
import { neutralVerbs } from './word-classes.js';

/** Where something comes from or goes to, as "from" and "to" say it. */
export type Direction = NonNullable<Extract<Condition, { kind: 'phrase' }>['toward']>;

const sides: Readonly<Record<Direction, RegExp>> = {
  from: /^(origin|source|from|departure|departing|depart|start|pickup|sender|sending|dispatch)$/,
  to: /^(destination|dest|target|to|arrival|arriving|arrive|end|dropoff|delivery|receiver|recipient|receiving)$/,
};

/** The key of `base` to `parent` on a side, where it has one key for each side; null where keys are not told apart so. */
export function directedEdge(base: Node, parent: Node, toward: Direction): Edge | null {
  const edges = base.parents.filter((edge) => edge.parent === parent);
  const on = (side: Direction): readonly Edge[] => edges.filter((edge) => edge.role.some((word) => sides[side].test(word)));
  const [own, ...more] = on(toward);
  const [other] = on(toward === 'from' ? 'to' : 'from');
  return own === undefined || more.length > 0 || other === undefined || other === own ? null : own;
}

/** The verbs that tell a direction where a preposition does not: "arriving in", "departing at". */
export function directionOf(preposition: string, verb: string): Direction | null {
  if (/^(arriv|land)/.test(verb)) return 'to';
  if (/^(depart|leav|start)/.test(verb) && preposition !== 'to') return 'from';
  // "belong to", "received from" relate two things; nothing moves.
  if (neutralVerbs.has(verb)) return null;
  return preposition === 'from' ? 'from' : preposition === 'to' || preposition === 'into' ? 'to' : null;
}
