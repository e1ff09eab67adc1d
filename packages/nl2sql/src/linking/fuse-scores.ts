import type { RelationGraph } from './relation-graph.js';

/** A ranker's scores and how much they count. */
export interface WeightedScores {
  readonly scores: Float64Array;
  readonly weight: number;
}

/** Adds rankings up, each scaled to 0..1 by its own best, so that BM25 and cosine can be mixed. */
export function fuseScores(rankings: readonly WeightedScores[], size: number): Float64Array {
  const fused = new Float64Array(size);
  for (const { scores, weight } of rankings) {
    const best = scores.reduce((highest, score) => Math.max(highest, score), 0);
    if (best <= 0) continue;
    scores.forEach((score, index) => {
      fused[index] = (fused[index] ?? 0) + (weight * Math.max(0, score)) / best;
    });
  }
  return fused;
}

/**
 * Lends each relation a share of its best neighbour's score, and of the best scores in its schema: the relations of one
 * question are joined to each other, and bridge tables are never named in it.
 */
export function spreadScores(scores: Float64Array, graph: RelationGraph, schemas: readonly string[], shares: { readonly neighbour: number; readonly schema: number }): Float64Array {
  const strength = schemaStrength(scores, schemas);
  const strongest = Math.max(1e-9, ...strength.values());
  return scores.map((score, index) => {
    const best = (graph.neighbours[index] ?? []).reduce((highest, neighbour) => Math.max(highest, scores[neighbour] ?? 0), 0);
    return score + shares.neighbour * best + shares.schema * ((strength.get(schemas[index] ?? '') ?? 0) / strongest);
  });
}

/** How well a schema's three best relations match. */
function schemaStrength(scores: Float64Array, schemas: readonly string[]): ReadonlyMap<string, number> {
  const best = new Map<string, [number, number, number]>();
  scores.forEach((score, index) => {
    const schema = schemas[index] ?? '';
    const [first, second, third] = best.get(schema) ?? [0, 0, 0];
    best.set(schema, score > first ? [score, first, second] : score > second ? [first, score, second] : [first, second, Math.max(third, score)]);
  });
  return new Map([...best].map(([schema, top]) => [schema, top[0] + 0.5 * top[1] + 0.25 * top[2]]));
}
