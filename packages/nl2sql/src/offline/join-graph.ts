import type { Edge, Node } from './schema-graph.js';

/**
 * A way from one relation to another that repeats no row by accident: `down` along foreign keys against their arrows to
 * one relation (the fact), then `up` along them. Empty `down`: the other is a parent, one row for each. Ways that go
 * up and then down again, as from a project over its department to the department's courses, are never taken: they pair
 * rows that have nothing to do with each other.
 */
export interface Way {
  readonly down: readonly Edge[];
  readonly up: readonly Edge[];
  readonly cost: number;
}

/** What a question names of relations and keys. */
export type Mentioned = Pick<ReadonlySet<Node | Edge>, 'has'>;

const longestChain = 3;
/** Ways whose costs differ by less are equally good: the question does not say which is meant. */
export const costMargin = 0.15;

const stepCost = { up: 0.3, down: 0.5 };
const junctionCost = 0.3;
const inferredCost = 0.1;
const roleCost = 0.2;
const preferredGain = 0.4;
const mentionedGain = 0.35;

/** Every acceptable way, cheapest first. `mentioned`: relations and keys the question names. */
export function waysBetween(from: Node, to: Node, mentioned: Mentioned): readonly Way[] {
  const ways: Way[] = [];
  for (const down of chains(from, 'children')) {
    const fact = down.at(-1)?.child ?? from;
    for (const up of chains(fact, 'parents')) {
      if ((up.at(-1)?.parent ?? fact) !== to || up[0] === down.at(-1)) continue;
      if (down.length + up.length === 0) continue;
      if (up.some((edge) => edge.parent === from && down.length > 0)) continue;
      const cost = wayCost(down, up, fact, mentioned);
      if (cost !== null) ways.push({ down, up, cost });
    }
  }
  return ways.sort((a, b) => a.cost - b.cost);
}

function wayCost(down: readonly Edge[], up: readonly Edge[], fact: Node, mentioned: Mentioned): number | null {
  const unnamed = [...down.slice(0, -1).map((edge) => edge.child), ...up.slice(0, -1).map((edge) => edge.parent)].filter((node) => !mentioned.has(node)).length;
  const junction = down.length > 0 && up.length > 0;
  const factNamed = mentioned.has(fact);
  // Through a fact nobody spoke of, only the plain many-to-many step is taken, or one from a relation that was named.
  if (junction && !factNamed && down.length + up.length > 2 && (unnamed > 0 || down.length + up.length > 3)) return null;
  if (junction && factNamed && unnamed > 1) return null;
  if (!junction && unnamed > 1) return null;
  let cost = stepCost.down * down.length + stepCost.up * up.length;
  if (junction) cost += factNamed ? -mentionedGain : junctionCost;
  for (const edge of [...down, ...up]) {
    if (edge.key.inferred) cost += inferredCost;
    if (mentioned.has(edge)) cost -= mentionedGain;
    else if (edge.key.preferred) cost -= preferredGain;
    else if (edge.role.length > 0) cost += roleCost;
  }
  return Math.max(0, cost);
}

/** Chains of at most three keys in one direction, the empty one first; no relation twice, except one step to itself. */
function chains(start: Node, direction: 'parents' | 'children'): readonly (readonly Edge[])[] {
  const found: (readonly Edge[])[] = [[]];
  const walk = (node: Node, path: readonly Edge[], seen: ReadonlySet<Node>): void => {
    if (path.length >= longestChain) return;
    for (const edge of node[direction]) {
      const next = direction === 'parents' ? edge.parent : edge.child;
      if (seen.has(next)) {
        if (next === start && path.length === 0) found.push([edge]);
        continue;
      }
      found.push([...path, edge]);
      walk(next, [...path, edge], new Set([...seen, next]));
    }
  };
  walk(start, [], new Set([start]));
  return found;
}
