import { holdsPeople } from './holds-people.js';
import { costMargin, waysBetween } from './join-graph.js';
import { NotUnderstood } from './not-understood.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { Request } from './request.js';
import type { SchemaGraph } from './schema-graph.js';
import { nodeOf } from './subject.js';
import type { Subject } from './subject.js';

/** "Who was hired before 2019": the people the first condition speaks of. */
export function peopleOf(request: Request, reading: Reading, graph: SchemaGraph): Subject {
  for (const condition of request.conditions) {
    const hints = condition.kind === 'phrase' && condition.phrase.head === null ? (condition.phrase.superlative?.hints ?? null) : condition.kind === 'compare' || condition.kind === 'average' ? condition.hints : null;
    // "Who earns the most": the people that have a column for it.
    const measured = hints === null ? [] : graph.nodes.filter((node) => holdsPeople(node) && [...node.columns.values()].some((column) => column.kind === 'number' && column.words.some((word) => hints.includes(word))));
    const [only, ...others] = measured;
    if (only !== undefined && others.length === 0) return { base: only, measures: [], projections: [], whole: true };
    const mention = condition.kind === 'time' || condition.kind === 'verb' ? condition.verb : condition.kind === 'phrase' ? (condition.via ?? condition.phrase.head) : condition.kind === 'compare' ? condition.attribute : null;
    if (mention === null) continue;
    const node = nodeOf(reading.pick(mention));
    if (holdsPeople(node)) return { base: node, measures: [], projections: [], whole: true };
  }
  // "Who works on Apollo": the people nearest to what is named.
  const mention = request.conditions.find((condition) => condition.kind === 'phrase')?.phrase.head ?? null;
  const named = mention === null ? null : nodeOf(reading.pick(mention));
  const near = named === null ? [] : graph.nodes.filter((node) => holdsPeople(node) && node !== named).flatMap((node) => {
    const [way] = waysBetween(node, named, namedBy(request, reading));
    return way === undefined ? [] : [{ node, cost: way.cost }];
  }).sort((a, b) => a.cost - b.cost);
  const [best, next] = near;
  if (best !== undefined && (next === undefined || next.cost - best.cost >= costMargin)) return { base: best.node, measures: [], projections: [], whole: true };
  throw new NotUnderstood('I cannot tell whom the question asks for.');
}
