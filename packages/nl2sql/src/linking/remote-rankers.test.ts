import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsError, json } from '../testing/converse-replies.js';
import { startLocalServer, type LocalServer } from '../testing/local-server.js';
import { schoolArtifact } from '../testing/school-artifact.js';
import { createBedrockEmbeddings } from './bedrock-embeddings.js';
import type { EmbeddingModel } from './embedding-model.js';
import { createEmbeddingRanker } from './embedding-ranker.js';
import { createKnowledgeBaseRanker } from './knowledge-base-ranker.js';

const settings = (url: string) => ({ endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
const retry = { retries: 1, baseDelayMs: 1 };
let server: LocalServer;

describe('embeddings of Bedrock', () => {
  let client: BedrockRuntimeClient;
  beforeEach(async () => {
    server = await startLocalServer('http2');
    client = new BedrockRuntimeClient(settings(server.url));
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  it('ask Titan for one text a call', async () => {
    server.script(json(200, { embedding: [1, 0] }), json(200, { embedding: [0, 1] }));
    const model = createBedrockEmbeddings({ client, modelId: 'amazon.titan-embed-text-v2:0', dimensions: 256, concurrency: 1, retry });
    expect((await model.embed(['a', 'b'], { purpose: 'query' })).map((vector) => [...vector])).toEqual([[1, 0], [0, 1]]);
    expect(server.received.map(({ body }) => JSON.parse(body))).toEqual([{ inputText: 'a', dimensions: 256, normalize: true }, { inputText: 'b', dimensions: 256, normalize: true }]);
    expect(model.id).toBe('bedrock:amazon.titan-embed-text-v2:0/256');
  });

  it('ask Cohere for a page a call, and tell queries from documents', async () => {
    server.script(json(200, { embeddings: Array.from({ length: 96 }, () => [1]) }), json(200, { embeddings: { float: [[2], [3]] } }));
    const model = createBedrockEmbeddings({ client, modelId: 'cohere.embed-multilingual-v3', concurrency: 1, retry });
    const vectors = await model.embed(Array.from({ length: 98 }, (_unused, index) => `t${index}`), { purpose: 'document' });
    expect(vectors).toHaveLength(98);
    expect([...(vectors[97] ?? [])]).toEqual([3]);
    expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({ texts: ['t96', 't97'], input_type: 'search_document', truncate: 'END' });
  });

  it('are repeated when throttled, and fail with their own code', async () => {
    const model = createBedrockEmbeddings({ client, modelId: 'amazon.titan-embed-text-v1', retry });
    server.script(awsError(429, 'ThrottlingException'), json(200, { embedding: [1] }));
    expect(await model.embed(['a'], { purpose: 'query' })).toHaveLength(1);
    server.script(json(200, { vector: [1] }));
    await expect(model.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({ code: 'embedding-failed' });
    server.script(awsError(403, 'AccessDeniedException'));
    await expect(model.embed(['a'], { purpose: 'query' })).rejects.toMatchObject({ code: 'embedding-failed', retryable: false });
    expect(() => createBedrockEmbeddings({ client, modelId: 'meta.llama3' })).toThrow(expect.objectContaining({ code: 'invalid-options' }));
  });
});

describe('a knowledge base', () => {
  let client: BedrockAgentRuntimeClient;
  beforeEach(async () => {
    server = await startLocalServer('http2');
    client = new BedrockAgentRuntimeClient(settings(server.url));
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  it('scores the relations that its passages name, in metadata or in text', async () => {
    server.script(
      json(200, {
        retrievalResults: [
          { content: { text: 'Marks are kept in academics.enrollments.' }, score: 0.8 },
          { content: { text: 'x' }, score: 0.9, metadata: { relation: 'courses' } },
          { content: { text: 'Nothing of this schema.' }, score: 1 },
        ],
      }),
    );
    const ranker = createKnowledgeBaseRanker(schoolArtifact, { client, knowledgeBaseId: 'KB12345678', results: 5, searchType: 'HYBRID', retry });
    const scores = await ranker.rank('Which marks were given?', {});
    expect(Object.fromEntries(schoolArtifact.relations.map(({ name }, index) => [name, scores[index]]))).toEqual({ departments: 0, students: 0, enrollments: 0.8, courses: 0.9 });
    expect(server.received[0]?.path).toBe('/knowledgebases/KB12345678/retrieve');
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ retrievalQuery: { text: 'Which marks were given?' }, retrievalConfiguration: { vectorSearchConfiguration: { numberOfResults: 5, overrideSearchType: 'HYBRID' } } });
  });

  it('fails with its own code', async () => {
    const ranker = createKnowledgeBaseRanker(schoolArtifact, { client, knowledgeBaseId: 'KB', retry });
    server.script(awsError(404, 'ResourceNotFoundException'));
    await expect(ranker.rank('q', {})).rejects.toMatchObject({ code: 'retrieval-failed' });
    server.script(json(200, { results: [] }));
    await expect(ranker.rank('q', {})).rejects.toMatchObject({ code: 'retrieval-failed' });
  });
});

describe('a ranker by embeddings', () => {
  /** An encoder of three directions: words about people, about money, and the rest. */
  const encoder = (calls: string[][] = []): EmbeddingModel => ({
    id: 'three',
    embed: async (texts, { purpose }) => {
      calls.push([purpose, ...texts]);
      return texts.map((text) => Float32Array.from([/student|pupil|people/.test(text) ? 3 : 0.1, /budget|money/.test(text) ? 3 : 0.1, 0.1]));
    },
  });

  it('puts the relation first that is nearest in meaning, and embeds the schema once', async () => {
    const calls: string[][] = [];
    const kept: unknown[] = [];
    const ranker = createEmbeddingRanker(schoolArtifact, encoder(calls), { onVectors: (vectors, key) => void kept.push([vectors.length, key]) });
    const money = await ranker.rank('Who has the most money?', {});
    expect(schoolArtifact.relations[money.indexOf(Math.max(...money))]?.name).toBe('departments');
    await ranker.rank('other', {});
    expect(calls.filter(([purpose]) => purpose === 'document')).toHaveLength(1);
    expect(kept).toEqual([[4, { artifactHash: schoolArtifact.hash, modelId: 'three' }]]);
  });

  it('takes vectors made before, and refuses those of another schema', async () => {
    const calls: string[][] = [];
    const vectors = await encoder().embed(['students', 'x', 'y', 'z'], { purpose: 'document' });
    await createEmbeddingRanker(schoolArtifact, encoder(calls), { vectors }).rank('pupil', {});
    expect(calls).toHaveLength(1);
    await expect(createEmbeddingRanker(schoolArtifact, encoder(), { vectors: vectors.slice(1) }).rank('q', {})).rejects.toMatchObject({ code: 'embedding-failed' });
  });

  it('tries again after the schema could not be embedded', async () => {
    let fails = true;
    const flaky: EmbeddingModel = { id: 'flaky', embed: (texts, options) => (fails && options.purpose === 'document' ? Promise.reject(new Error('down')) : encoder().embed(texts, options)) };
    const ranker = createEmbeddingRanker(schoolArtifact, flaky);
    await expect(ranker.rank('q', {})).rejects.toThrow('down');
    fails = false;
    expect(await ranker.rank('q', {})).toHaveLength(4);
  });
});
