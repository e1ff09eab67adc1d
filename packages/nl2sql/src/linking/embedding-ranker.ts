import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import type { EmbeddingModel } from './embedding-model.js';
import type { RelationRanker } from './relation-ranker.js';

export interface EmbeddingRankerOptions {
  /** Vectors made before for the same artifact hash and model, so that a start does not embed the schema again. */
  readonly vectors?: readonly Float32Array[];
  /** Gets the vectors once they are made, to be kept. */
  readonly onVectors?: (vectors: readonly Float32Array[], key: { readonly artifactHash: string; readonly modelId: string }) => void | Promise<void>;
}

/**
 * Ranks relations by the cosine between the question and a description of each relation. The schema is embedded once, at
 * the first question.
 */
export function createEmbeddingRanker(artifact: SchemaArtifact, model: EmbeddingModel, options: EmbeddingRankerOptions = {}): RelationRanker {
  let matrix: Promise<readonly Float32Array[]> | undefined = options.vectors === undefined ? undefined : Promise.resolve(options.vectors.map(unit));
  return {
    name: `embeddings:${model.id}`,
    async rank(question, { signal }) {
      // Not bound to this question's signal: others wait for the same vectors.
      matrix ??= embedSchema(artifact, model, options).catch((error: unknown) => {
        matrix = undefined;
        throw error;
      });
      const [documents, [query]] = await Promise.all([matrix, model.embed([question], { purpose: 'query', ...(signal === undefined ? {} : { signal }) })]);
      if (query === undefined || documents.length !== artifact.relations.length) throw new Nl2SqlError({ code: 'embedding-failed', message: `The vectors of ${model.id} do not belong to this schema.` });
      return contrast(Float64Array.from(documents, (document) => dot(document, unit(query))));
    },
  };
}

async function embedSchema(artifact: SchemaArtifact, model: EmbeddingModel, options: EmbeddingRankerOptions): Promise<readonly Float32Array[]> {
  const vectors = await model.embed(artifact.relations.map(relationText), { purpose: 'document' });
  await options.onVectors?.(vectors, { artifactHash: artifact.hash, modelId: model.id });
  return vectors.map(unit);
}

/** What a relation is about, as a sentence an encoder has seen the like of. */
export function relationText(relation: Relation): string {
  const words = (name: string) => name.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const columns = relation.columns.slice(0, 40).map((column) => words(column.name) + (column.comment === null ? '' : ` (${column.comment.slice(0, 60)})`));
  const synonyms = relation.synonyms.length === 0 ? '' : ` (${relation.synonyms.join(', ')})`;
  return `${words(relation.name)}${synonyms}: ${relation.comment ?? ''} ${columns.join(', ')}`.replace(/\s+/g, ' ').slice(0, 1_500);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** Cosines of one encoder lie close together: what counts is how far a relation stands above the middle. */
function contrast(scores: Float64Array): Float64Array {
  const sorted = Float64Array.from(scores).sort();
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return scores.map((score) => Math.max(0, score - Math.min(median, score)));
}
