import { z } from 'zod';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { AwsClient } from '../model/aws-client.js';
import { describeAwsFailure } from '../model/aws-failure.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, type ServiceWords } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import { withRetries, type RetryPolicy } from '../waiting/with-retries.js';
import type { RelationRanker } from './relation-ranker.js';

export interface KnowledgeBaseRankerOptions {
  /** A `BedrockAgentRuntimeClient` of `@aws-sdk/client-bedrock-agent-runtime`. */
  readonly client: AwsClient;
  readonly knowledgeBaseId: string;
  /** Passages asked for, 1 to 100. @default 25 */
  readonly results?: number;
  readonly searchType?: 'HYBRID' | 'SEMANTIC';
  readonly retry?: RetryPolicy;
  /** Milliseconds for one call. @default 10000 */
  readonly callTimeoutMs?: number;
  /** How much of the service's own words stands in errors: they may quote the question. @default 'masked' */
  readonly serviceWords?: ServiceWords;
}

const responseSchema = z.object({
  retrievalResults: z.array(z.object({ content: z.object({ text: z.string().optional() }).optional(), score: z.number().optional(), metadata: z.record(z.string(), z.unknown()).optional() })),
});

/**
 * Ranks relations by the passages that a Bedrock Knowledge Base retrieves for a question: a data dictionary, a wiki.
 * A passage speaks of the relation in its metadata (`relation`, as `schema.name` or `name`), else of every relation whose
 * name stands in its text. The passages' text itself never reaches a prompt.
 *
 * @throws Nl2SqlError `retrieval-failed`, `aborted`
 */
export function createKnowledgeBaseRanker(artifact: SchemaArtifact, options: KnowledgeBaseRankerOptions): RelationRanker {
  const { client, knowledgeBaseId, results = 25, retry = {}, callTimeoutMs = 10_000 } = options;
  const what = `Knowledge base ${knowledgeBaseId}`;
  const names = relationNames(artifact);

  return {
    name: `knowledge-base:${knowledgeBaseId}`,
    async rank(question, { signal }) {
      const { RetrieveCommand } = await import('@aws-sdk/client-bedrock-agent-runtime');
      const timeoutError = () => new Nl2SqlError({ code: 'retrieval-failed', message: `${what}: no answer within ${callTimeoutMs} ms.`, retryable: true });
      const command = { knowledgeBaseId, retrievalQuery: { text: question.slice(0, 1_000) }, retrievalConfiguration: { vectorSearchConfiguration: { numberOfResults: results, ...(options.searchType === undefined ? {} : { overrideSearchType: options.searchType }) } } };
      let output: unknown;
      try {
        output = await withRetries(() => callWithin({ signal, timeoutMs: callTimeoutMs, timeoutError }, (abortSignal) => client.send(new RetrieveCommand(command), { abortSignal })), (error) => describeAwsFailure(error, what, createRedactor(options.serviceWords ?? 'masked', [question])), retry, signal);
      } catch (error) {
        if (Nl2SqlError.isInstance(error) && !error.code.startsWith('model-')) throw error;
        throw new Nl2SqlError({ code: 'retrieval-failed', message: error instanceof Error ? error.message : `${what} failed.`, cause: error, retryable: Nl2SqlError.isInstance(error) && error.retryable });
      }
      const read = responseSchema.safeParse(output);
      if (!read.success) throw new Nl2SqlError({ code: 'retrieval-failed', message: `${what}: the response holds no results.`, cause: read.error });
      const scores = new Float64Array(artifact.relations.length);
      for (const { content, score = 0.5, metadata } of read.data.retrievalResults) {
        for (const relation of names(metadata?.['relation'], content?.text ?? '')) scores[relation] = Math.max(scores[relation] ?? 0, score);
      }
      return scores;
    },
  };
}

/** Finds the relations that a passage speaks of, by number. */
function relationNames(artifact: SchemaArtifact): (relation: unknown, text: string) => readonly number[] {
  const byName = new Map<string, number[]>();
  artifact.relations.forEach(({ schema, name }, index) => {
    for (const key of [name.toLowerCase(), `${schema}.${name}`.toLowerCase()]) byName.set(key, [...(byName.get(key) ?? []), index]);
  });
  return (relation, text) => {
    if (typeof relation === 'string') return byName.get(relation.toLowerCase()) ?? [];
    return [...new Set((text.toLowerCase().match(/[\w$]+(?:\.[\w$]+)?/g) ?? []).flatMap((word) => byName.get(word) ?? []))];
  };
}
