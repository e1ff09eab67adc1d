import { z } from 'zod';
import { parseBody } from '../http/parse-body.js';
import type { Route } from '../http/route.js';
import { ownMember } from '../http/own-member.js';
import { ServiceError } from '../http/service-error.js';
import type { KnowledgeBaseDocument } from './knowledge-base.js';
import { defaultResults, referenceOf, retrievalConfigurationSchema, retrieveWith } from './retrieval-configuration.js';

const requestSchema = z.looseObject({
  retrievalQuery: z.looseObject({ text: z.string().min(1).max(1_000) }),
  retrievalConfiguration: retrievalConfigurationSchema.nullish(),
  nextToken: z.string().nullish(),
});

/** Retrieve over knowledge bases by id. Documents are ranked by their words, not by embeddings. */
export function retrieveRoute(knowledgeBases: Readonly<Record<string, readonly KnowledgeBaseDocument[]>>): Route {
  return {
    method: 'POST',
    path: '/knowledgebases/{knowledgeBaseId}/retrieve',
    handle({ path, body }) {
      const id = path['knowledgeBaseId'] ?? '';
      const documents = ownMember(knowledgeBases, id);
      if (documents === undefined) throw new ServiceError('ResourceNotFoundException', `The knowledge base ${id} does not exist.`);
      const request = parseBody(requestSchema, body);
      const count = request.retrievalConfiguration?.vectorSearchConfiguration?.numberOfResults ?? defaultResults;
      const from = typeof request.nextToken !== 'string' ? 0 : Number(Buffer.from(request.nextToken, 'base64url').toString());
      if (!Number.isSafeInteger(from) || from < 0) throw new ServiceError('ValidationException', 'The nextToken is not one of this operation.');
      const found = retrieveWith(documents, request.retrievalQuery.text, request.retrievalConfiguration ?? undefined);
      const page = found.slice(from, from + count);
      const more = from + count < found.length;
      return {
        kind: 'json',
        body: {
          retrievalResults: page.map(({ document, score }) => ({ ...referenceOf(document), score })),
          ...(more ? { nextToken: Buffer.from(String(from + count)).toString('base64url') } : {}),
        },
      };
    },
  };
}
