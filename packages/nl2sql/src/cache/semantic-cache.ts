import { z } from 'zod';
import type { EmbeddingModel } from '../linking/embedding-model.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { parseStored, readCachedAnswer } from './cached-answer-json.js';
import type { CacheStore } from './cache-store.js';
import { differingDetails } from './differing-details.js';
import type { QuestionCache } from './question-cache.js';

export interface SemanticCacheOptions {
  readonly store: CacheStore;
  readonly embeddings: EmbeddingModel;
  /** The least cosine of two questions that share an answer. Measure it for your encoder. @default 0.95 */
  readonly threshold?: number;
  /** Questions remembered for each scope. @default 200 */
  readonly maxQuestions?: number;
  /** @default 86400, a day */
  readonly ttlSeconds?: number;
}

const pageSchema = z.array(z.object({ question: z.string(), vector: z.string(), answer: z.unknown() }));
type Entry = z.infer<typeof pageSchema>[number];

/**
 * Remembers answers by what a question means. "Students per major" and "How many students has each major?" may share one;
 * two questions whose numbers, quoted values, negations, names or comparisons differ never do, however near their vectors
 * are. Each scope's questions are one entry of the store; it holds their text, unlike the exact cache.
 */
export function createSemanticCache(options: SemanticCacheOptions): QuestionCache {
  const { store, embeddings, threshold = 0.95, maxQuestions = 200, ttlSeconds = 86_400 } = options;
  const pageKey = (scope: string) => `semantic:${embeddings.id}:${scope}`;
  const load = async (scope: string, waiting: { readonly signal?: AbortSignal }): Promise<readonly Entry[]> => {
    const text = await store.get(pageKey(scope), waiting);
    const read = text === null ? undefined : pageSchema.safeParse(parseStored(text));
    return read?.success === true ? read.data : [];
  };
  const embed = async (question: string, waiting: { readonly signal?: AbortSignal }): Promise<Float32Array> => {
    const [vector] = await embeddings.embed([question], { purpose: 'query', ...waiting });
    if (vector === undefined) throw new Nl2SqlError({ code: 'embedding-failed', message: `${embeddings.id} gave no vector.` });
    return unit(vector);
  };

  return {
    async lookup({ question, scope }, waiting) {
      const entries = await load(scope, waiting);
      if (entries.length === 0) return null;
      const asked = await embed(question, waiting);
      const near = entries
        .map((entry) => ({ entry, similarity: cosine(asked, decode(entry.vector)) }))
        .filter(({ entry, similarity }) => similarity >= threshold && !differingDetails(question, entry.question))
        .sort((a, b) => b.similarity - a.similarity)[0];
      return near === undefined ? null : readCachedAnswer(near.entry.answer);
    },
    async store({ question, scope }, answer, waiting) {
      const vector = encode(await embed(question, waiting));
      const others = (await load(scope, waiting)).filter((entry) => entry.question !== question);
      const page: readonly Entry[] = [...others, { question, vector, answer }].slice(-maxQuestions);
      await store.set(pageKey(scope), JSON.stringify(page), { ttlSeconds, ...waiting });
    },
  };
}

function unit(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  return length === 0 ? vector : vector.map((value) => value / length);
}

function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function encode(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + Math.floor(bytes.byteLength / 4) * 4));
}
