import type { AgentTool } from '@ask-aurora/agent-actions';
import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import type { KnowledgeBaseDocument, RetrievedDocument } from './knowledge-base.js';
import { defaultResults, referenceOf, retrieveWith, type RetrievalConfiguration } from './retrieval-configuration.js';

/** A knowledge base that an agent may look things up in. */
export interface AgentKnowledgeBase {
  readonly knowledgeBaseId: string;
  /** Tells the model what is in it. */
  readonly description: string;
}

/** A knowledge base with what is in it. */
export interface FilledKnowledgeBase extends AgentKnowledgeBase {
  readonly documents: readonly KnowledgeBaseDocument[];
}

/** The lookups of one turn. */
export interface KnowledgeLookups {
  readonly tools: readonly AgentTool[];
  /** What a call of one of the tools asks, and of which knowledge base; undefined for a call of another tool. */
  lookupOf(call: { readonly name: string; readonly input: unknown }): { readonly knowledgeBaseId: string; readonly text: string } | undefined;
  /** What a call has found. */
  foundBy(callId: string): readonly KnowledgeBaseDocument[];
  /** All that was found, each document once. */
  all(): readonly KnowledgeBaseDocument[];
}

/** The name of the tool that asks a knowledge base. */
export function lookupToolOf({ knowledgeBaseId }: AgentKnowledgeBase): string {
  return `search_${knowledgeBaseId}`;
}

const lookupInput = z.object({ query: z.string().min(1).max(1_000) });

/**
 * Makes knowledge bases tools of an agent, for one turn.
 * @param configurations what the request says of each knowledge base
 * @throws ServiceError ValidationException when a configuration is for a knowledge base that the agent does not have
 */
export function createKnowledgeLookups(bases: readonly FilledKnowledgeBase[], configurations: readonly { readonly knowledgeBaseId: string; readonly retrievalConfiguration: RetrievalConfiguration }[]): KnowledgeLookups {
  const byTool = new Map(bases.map((base) => [lookupToolOf(base), base]));
  for (const { knowledgeBaseId } of configurations) {
    if (!bases.some((base) => base.knowledgeBaseId === knowledgeBaseId)) throw new ServiceError('ValidationException', `The knowledge base ${knowledgeBaseId} is not associated with the agent.`);
  }
  const found = new Map<string, readonly RetrievedDocument[]>();
  const textOf = (input: unknown) => {
    const parsed = lookupInput.safeParse(input);
    return parsed.success ? parsed.data.query : '';
  };
  const documentsOf = (results: readonly RetrievedDocument[]) => results.map(({ document }) => document);

  return {
    tools: [...byTool].map(([name, base]) => ({
      name,
      description: base.description,
      inputSchema: { type: 'object', properties: { query: { type: 'string', description: 'What to look for, in plain words.' } }, required: ['query'], additionalProperties: false },
      invoke(call) {
        const text = textOf(call.input);
        if (text === '') return Promise.resolve({ text: 'A lookup needs a query of 1 to 1,000 characters.', status: 'error' as const });
        const configuration = configurations.find((each) => each.knowledgeBaseId === base.knowledgeBaseId)?.retrievalConfiguration;
        const results = retrieveWith(base.documents, text, configuration).slice(0, configuration?.vectorSearchConfiguration?.numberOfResults ?? defaultResults);
        found.set(call.id, results);
        return Promise.resolve({ text: JSON.stringify(documentsOf(results).map(({ text: content, uri }) => ({ content, source: uri }))), status: 'success' as const });
      },
    })),
    lookupOf(call) {
      const base = byTool.get(call.name);
      return base === undefined ? undefined : { knowledgeBaseId: base.knowledgeBaseId, text: textOf(call.input) };
    },
    foundBy: (callId) => documentsOf(found.get(callId) ?? []),
    all: () => [...new Set([...found.values()].flatMap(documentsOf))],
  };
}

/**
 * The answer with its sources, as a chunk carries them. Which words rest on which document only the model knows; here the
 * whole answer is attributed to all that was found.
 */
export function attributionOf(answer: string, documents: readonly KnowledgeBaseDocument[]) {
  return { citations: [{ generatedResponsePart: { textResponsePart: { text: answer, span: { start: 0, end: Math.max(0, answer.length - 1) } } }, retrievedReferences: documents.map(referenceOf) }] };
}
