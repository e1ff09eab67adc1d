import { z } from 'zod';
import type { AwsClient } from '../model/aws-client.js';
import { describeAwsFailure } from '../model/aws-failure.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, type ServiceWords } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import { withRetries, type RetryPolicy } from '../waiting/with-retries.js';
import type { EmbeddingModel } from './embedding-model.js';

export interface BedrockEmbeddingsOptions {
  /** A `BedrockRuntimeClient` of `@aws-sdk/client-bedrock-runtime`. */
  readonly client: AwsClient;
  /** An Amazon Titan text embedding or Cohere embed model. */
  readonly modelId: string;
  /** Titan V2 only: 256, 512 or 1024. @default 512 */
  readonly dimensions?: 256 | 512 | 1024;
  /** Texts at a time: Titan takes one a call, Cohere up to 96. @default 4 calls */
  readonly concurrency?: number;
  readonly retry?: RetryPolicy;
  /** Milliseconds for one call. @default 20000 */
  readonly callTimeoutMs?: number;
  /** How much of the service's own words stands in errors: they may quote the texts. @default 'masked' */
  readonly serviceWords?: ServiceWords;
}

const titanResponse = z.object({ embedding: z.array(z.number()) });
const cohereResponse = z.object({ embeddings: z.union([z.array(z.array(z.number())), z.object({ float: z.array(z.array(z.number())) })]) });
const coherePage = 96;
/** Cohere counts 2,048 characters a text, Titan 50,000. */
const longestText = { cohere: 2_048, titan: 50_000 } as const;

/**
 * Embeddings by InvokeModel on Amazon Bedrock.
 *
 * @throws Nl2SqlError `embedding-failed` after the retries, `invalid-options` for a model of another family
 */
export function createBedrockEmbeddings(options: BedrockEmbeddingsOptions): EmbeddingModel {
  const { client, modelId, dimensions = 512, concurrency = 4, retry = {}, callTimeoutMs = 20_000 } = options;
  const family = /cohere\.embed/.test(modelId) ? 'cohere' : /amazon\.titan-embed/.test(modelId) ? 'titan' : null;
  if (family === null) throw new Nl2SqlError({ code: 'invalid-options', message: `${modelId} is neither a Titan nor a Cohere embedding model.` });
  const what = `Bedrock embeddings with ${modelId}`;
  const isV2 = modelId.includes('titan-embed-text-v2');

  async function invoke(body: unknown, texts: readonly string[], signal: AbortSignal | undefined): Promise<unknown> {
    const { InvokeModelCommand } = await import('@aws-sdk/client-bedrock-runtime');
    const timeoutError = () => new Nl2SqlError({ code: 'model-timeout', message: `${what}: no answer within ${callTimeoutMs} ms.`, retryable: true });
    try {
      return await withRetries(
        () =>
          callWithin({ signal, timeoutMs: callTimeoutMs, timeoutError }, async (abortSignal) => {
            const output = (await client.send(new InvokeModelCommand({ modelId, contentType: 'application/json', accept: 'application/json', body: JSON.stringify(body) }), { abortSignal })) as { readonly body?: Uint8Array };
            return parseBody(output.body, what);
          }),
        (error) => describeAwsFailure(error, what, createRedactor(options.serviceWords ?? 'masked', texts)),
        retry,
        signal,
      );
    } catch (error) {
      throw asEmbeddingFailure(error, what);
    }
  }

  async function embedPage(texts: readonly string[], purpose: 'query' | 'document', signal: AbortSignal | undefined): Promise<readonly Float32Array[]> {
    const cut = texts.map((text) => text.slice(0, longestText[family ?? 'titan']) || ' ');
    if (family === 'cohere') {
      const read = cohereResponse.safeParse(await invoke({ texts: cut, input_type: purpose === 'query' ? 'search_query' : 'search_document', truncate: 'END' }, cut, signal));
      if (!read.success) throw malformed(what, read.error);
      const { embeddings } = read.data;
      return vectors(Array.isArray(embeddings) ? embeddings : embeddings.float, texts.length, what);
    }
    const read = titanResponse.safeParse(await invoke({ inputText: cut[0], ...(isV2 ? { dimensions, normalize: true } : {}) }, cut, signal));
    if (!read.success) throw malformed(what, read.error);
    return vectors([read.data.embedding], texts.length, what);
  }

  return {
    id: `bedrock:${modelId}${isV2 ? `/${dimensions}` : ''}`,
    async embed(texts, { purpose, signal }) {
      const size = family === 'cohere' ? coherePage : 1;
      const pages = Array.from({ length: Math.ceil(texts.length / size) }, (_unused, page) => page);
      const results: (readonly Float32Array[])[] = [];
      const worker = async () => {
        for (let page = pages.shift(); page !== undefined; page = pages.shift()) results[page] = await embedPage(texts.slice(page * size, (page + 1) * size), purpose, signal);
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, pages.length) }, worker));
      return results.flat();
    },
  };
}

function parseBody(body: Uint8Array | undefined, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(body ?? new Uint8Array()).toString('utf8'));
  } catch {
    throw new Nl2SqlError({ code: 'model-malformed-response', message: `${what}: the response is no JSON.`, retryable: true });
  }
}

function vectors(values: readonly (readonly number[])[], expected: number, what: string): readonly Float32Array[] {
  if (values.length !== expected) throw malformed(what, undefined);
  return values.map((value) => Float32Array.from(value));
}

function malformed(what: string, cause: unknown): Nl2SqlError {
  return new Nl2SqlError({ code: 'embedding-failed', message: `${what}: the response holds no vector for each text.`, cause });
}

function asEmbeddingFailure(error: unknown, what: string): unknown {
  if (Nl2SqlError.isInstance(error) && error.code.startsWith('model-')) return new Nl2SqlError({ code: 'embedding-failed', message: error.message, cause: error, retryable: error.retryable });
  return Nl2SqlError.isInstance(error) ? error : new Nl2SqlError({ code: 'embedding-failed', message: `${what} failed.` });
}
