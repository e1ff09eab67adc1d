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
    let best = 0;
    for (const score of scores) if (score > best) best = score;
    if (best === 0) continue;
    const scale = weight / best;
    for (let index = 0; index < size; index += 1) {
      const score = scores[index] ?? 0;
      if (score > 0) fused[index] = (fused[index] ?? 0) + score * scale;
    }
  }
  return fused;
}

/** What belongs together: each relation's neighbours, and the number of its schema and of its component of joined relations. */
export interface RelationGroups {
  readonly graph: RelationGraph;
  readonly schemas: Int32Array;
  readonly components: Int32Array;
}

/**
 * Lends each relation a share of its best neighbour's score, and of how well its schema and its joined component match:
 * the relations of one question are joined to each other, and bridge tables are never named in it.
 */
export function spreadScores(scores: Float64Array, groups: RelationGroups, shares: { readonly neighbour: number; readonly schema: number; readonly component: number }): Float64Array {
  const { graph, schemas, components } = groups;
  const schemaStrength = groupStrength(scores, schemas);
  const componentStrength = groupStrength(scores, components);
  const spread = new Float64Array(scores.length);
  for (let index = 0; index < scores.length; index += 1) {
    let best = 0;
    for (const neighbour of graph.neighbours[index] ?? []) best = Math.max(best, scores[neighbour] ?? 0);
    spread[index] = (scores[index] ?? 0) + shares.neighbour * best + shares.schema * (schemaStrength[schemas[index] ?? 0] ?? 0) + shares.component * (componentStrength[components[index] ?? 0] ?? 0);
  }
  return spread;
}

/** How well the three best relations of each group match, 0..1 against the best group. */
function groupStrength(scores: Float64Array, groups: Int32Array): Float64Array {
  let count = 0;
  for (const group of groups) count = Math.max(count, group + 1);
  const best = new Float64Array(count * 3);
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index] ?? 0;
    const at = (groups[index] ?? 0) * 3;
    if (score > (best[at] ?? 0)) {
      best[at + 2] = best[at + 1] ?? 0;
      best[at + 1] = best[at] ?? 0;
      best[at] = score;
    } else if (score > (best[at + 1] ?? 0)) {
      best[at + 2] = best[at + 1] ?? 0;
      best[at + 1] = score;
    } else if (score > (best[at + 2] ?? 0)) best[at + 2] = score;
  }
  const strength = new Float64Array(count);
  let strongest = 1e-9;
  for (let group = 0; group < count; group += 1) {
    const value = (best[group * 3] ?? 0) + 0.5 * (best[group * 3 + 1] ?? 0) + 0.25 * (best[group * 3 + 2] ?? 0);
    strength[group] = value;
    if (value > strongest) strongest = value;
  }
  return strength.map((value) => value / strongest);
}
