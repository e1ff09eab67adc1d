import { z } from 'zod';
import { retrieve, type KnowledgeBaseDocument, type RetrievedDocument } from './knowledge-base.js';
import { matchesFilter, retrievalFilterSchema } from './retrieval-filter.js';

/** How documents are looked for, as Retrieve and InvokeAgent take it; reranking and the type of search have no meaning here. */
export const retrievalConfigurationSchema = z.looseObject({
  vectorSearchConfiguration: z.looseObject({ numberOfResults: z.int().min(1).max(100).nullish(), filter: retrievalFilterSchema.nullish() }).nullish(),
});

/** See {@link retrievalConfigurationSchema}. */
export type RetrievalConfiguration = z.output<typeof retrievalConfigurationSchema>;

/** Bedrock's own number of results. */
export const defaultResults = 5;

/** All documents that fit, best first, within the configuration's filter. */
export function retrieveWith(documents: readonly KnowledgeBaseDocument[], query: string, configuration: RetrievalConfiguration | undefined): readonly RetrievedDocument[] {
  const filter = configuration?.vectorSearchConfiguration?.filter ?? undefined;
  const within = filter === undefined ? documents : documents.filter((document) => matchesFilter(document, filter));
  return retrieve(within, query, within.length);
}

/** A document as Bedrock refers to it, in results and in citations. */
export function referenceOf(document: KnowledgeBaseDocument) {
  return {
    content: { type: 'TEXT' as const, text: document.text },
    location: { type: 'S3' as const, s3Location: { uri: document.uri } },
    ...(document.metadata === undefined ? {} : { metadata: document.metadata }),
  };
}
