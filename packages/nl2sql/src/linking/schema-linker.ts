import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { keysByColumn, renderForeignKey, renderMeanings, renderRelation, type SchemaRendering } from '../prompt/m-schema.js';
import { throwIfAborted } from '../waiting/abort-error.js';
import { fuseScores, spreadScores, type WeightedScores } from './fuse-scores.js';
import type { LinkedSchema, Linker } from './linker.js';
import { createArtifactNarrower } from './narrow-artifact.js';
import { narrowColumns } from './narrow-columns.js';
import { createNameRanker } from './name-ranker.js';
import { connectedComponents, createRelationGraph } from './relation-graph.js';
import type { RelationRanker } from './relation-ranker.js';
import { schemaVocabulary } from './relation-terms.js';
import { createWordRanker } from './word-ranker.js';
import { createWordSegmenter } from './word-segmenter.js';

export interface SchemaLinkerOptions {
  /** Tokens that the schema may take; below it, everything passes. @default 12000 */
  readonly tokenBudget?: number;
  /** Relations at most, once something must be left out. @default 20 */
  readonly maxRelations?: number;
  /** Further rankers, such as embeddings or a knowledge base, with what they count beside words (which count 1). */
  readonly rankers?: readonly { readonly ranker: RelationRanker; readonly weight: number }[];
  readonly rendering?: SchemaRendering;
}

const nameWeight = 0.5;
const longestBridge = 1;
const bridgedSeeds = 4;
/** The database's name and the headings of a rendered schema. */
const headings = 60;

/**
 * Chooses the relations of a question: by words, by what other rankers say, and by the foreign keys that connect what was
 * found. Everything passes while it fits the budget, since a left-out table costs more than a long prompt.
 *
 * @example
 * const linker = createSchemaLinker(artifact, { tokenBudget: 8000 });
 * const { artifact: part } = await linker.link('Which customers returned something last month?', {});
 */
export function createSchemaLinker(artifact: SchemaArtifact, options: SchemaLinkerOptions = {}): Linker & { rank(question: string, options: { readonly signal?: AbortSignal }): Promise<readonly RankedRelation[]> } {
  const { tokenBudget = 12_000, maxRelations = 20, rankers = [], rendering = {} } = options;
  const cost = createCostMeter(artifact, rendering);
  const whole = wholeCost(artifact, cost, tokenBudget);
  const segment = createWordSegmenter(schemaVocabulary(artifact));
  const builtIn = [
    { ranker: createWordRanker(artifact, segment), weight: 1 },
    { ranker: createNameRanker(artifact, segment), weight: nameWeight },
  ];
  const graph = createRelationGraph(artifact);
  const groups = { graph, schemas: numbered(artifact.relations.map(({ schema }) => schema)), components: connectedComponents(graph) };
  const narrow = createArtifactNarrower(artifact);

  async function scored(question: string, signal: AbortSignal | undefined): Promise<Float64Array> {
    const rankings = await Promise.all(
      [...builtIn, ...rankers].map(async ({ ranker, weight }): Promise<WeightedScores> => ({ scores: await ranker.rank(question, signal === undefined ? {} : { signal }), weight })),
    );
    return spreadScores(fuseScores(rankings, artifact.relations.length), groups, { neighbour: 0.25, schema: 0.3, component: 0.3 });
  }

  async function rank(question: string, { signal }: { readonly signal?: AbortSignal }): Promise<readonly RankedRelation[]> {
    const scores = await scored(question, signal);
    return withBridges(bestFirst(scores, maxRelations * 3), graph, maxRelations * 3).map((index) => ({ index, score: scores[index] ?? 0 }));
  }

  return {
    rank,
    async link(question, { signal }): Promise<LinkedSchema> {
      throwIfAborted(signal);
      if (whole !== null) return { artifact, whole: true, estimatedTokens: whole, ranked: [] };
      const ranked = await rank(question, signal === undefined ? {} : { signal });
      const kept: { readonly relation: Relation; readonly score: number }[] = [];
      let spent = 0;
      for (const { index, score } of ranked) {
        const relation = artifact.relations[index];
        if (relation === undefined || kept.length >= maxRelations) break;
        const narrowed = narrowColumns(relation, question, artifact, (candidate) => cost(candidate), Math.max(400, Math.floor(tokenBudget / 4)));
        const tokens = cost(narrowed);
        if (spent + tokens > tokenBudget && kept.length > 0) continue;
        kept.push({ relation: narrowed, score });
        spent += tokens;
      }
      const fitting = withinBudget(kept, (some) => narrow(some.map(({ relation }) => relation)), cost, tokenBudget);
      return { artifact: fitting.artifact, whole: false, estimatedTokens: fitting.tokens, ranked: fitting.kept.map(({ relation, score }) => ({ schema: relation.schema, name: relation.name, score })) };
    },
  };
}

/**
 * Takes the last relations off until the rest fits with its keys, metrics and filters, which are only known once the
 * relations are. One relation always stays.
 */
function withinBudget<T extends { readonly relation: Relation }>(kept: readonly T[], narrow: (kept: readonly T[]) => SchemaArtifact, cost: (relation: Relation) => number, budget: number): { readonly artifact: SchemaArtifact; readonly tokens: number; readonly kept: readonly T[] } {
  for (let count = kept.length; ; count -= 1) {
    const some = kept.slice(0, count);
    const artifact = narrow(some);
    const tokens = some.reduce((sum, { relation }) => sum + cost(relation), 0) + surroundings(artifact);
    if (tokens <= budget || count <= 1) return { artifact, tokens, kept: some };
  }
}

/** A relation by its place in the artifact. */
export interface RankedRelation {
  readonly index: number;
  readonly score: number;
}

/** The best `limit` of the scores above zero, without sorting ten thousand of them. */
function bestFirst(scores: Float64Array, limit: number): readonly number[] {
  const best: number[] = [];
  const before = (a: number, b: number) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
  let threshold = 0;
  for (let index = 0; index < scores.length; index += 1) {
    if ((scores[index] ?? 0) <= threshold) continue;
    best.push(index);
    if (best.length >= limit * 4) {
      best.sort(before).length = limit;
      threshold = scores[best[limit - 1] ?? 0] ?? 0;
    }
  }
  return best.sort(before).slice(0, limit);
}

function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

/** Puts the relations that connect the best few right behind the second end of each connection. */
function withBridges(ranked: readonly number[], graph: { path(from: number, to: number, longest: number): readonly number[] | null }, limit: number): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const add = (index: number) => {
    if (!seen.has(index)) {
      seen.add(index);
      order.push(index);
    }
  };
  ranked.forEach((index, place) => {
    add(index);
    if (place >= bridgedSeeds) return;
    for (const earlier of ranked.slice(0, place)) for (const bridge of graph.path(earlier, index, longestBridge) ?? []) add(bridge);
  });
  return order.slice(0, limit);
}

function createCostMeter(artifact: SchemaArtifact, rendering: SchemaRendering): (relation: Relation) => number {
  const memo = new WeakMap<Relation, number>();
  const keys = keysByColumn(artifact.foreignKeys, artifact.dialect);
  return (relation) => {
    const known = memo.get(relation);
    if (known !== undefined) return known;
    const tokens = estimateTokens(`${renderRelation(relation, artifact, keys, rendering)}\n`);
    memo.set(relation, tokens);
    return tokens;
  };
}

/** What the whole schema costs; null as soon as it is more than the budget, so that a huge schema is not rendered to know it. */
function wholeCost(artifact: SchemaArtifact, cost: (relation: Relation) => number, budget: number): number | null {
  let spent = surroundings(artifact, budget);
  for (const relation of artifact.relations) {
    spent += cost(relation);
    if (spent > budget) return null;
  }
  return spent;
}

/** What stands around the relations: headings, keys, metrics and filters; counted until it is more than the budget. */
function surroundings(artifact: SchemaArtifact, budget = Number.POSITIVE_INFINITY): number {
  let spent = headings;
  for (const key of artifact.foreignKeys) {
    spent += estimateTokens(`${renderForeignKey(key, artifact.dialect)}\n`);
    if (spent > budget) return spent;
  }
  return spent + estimateTokens(renderMeanings(artifact).join('\n'));
}
