import { z } from 'zod';
import { parseBody } from '../http/parse-body.js';
import type { Route } from '../http/route.js';
import { ServiceError } from '../http/service-error.js';
import { retrieve, type KnowledgeBaseDocument } from './knowledge-base.js';

const requestSchema = z.looseObject({
  retrievalQuery: z.looseObject({ text: z.string().min(1).max(1_000) }),
  retrievalConfiguration: z.looseObject({ vectorSearchConfiguration: z.looseObject({ numberOfResults: z.int().min(1).max(100).optional() }).optional() }).optional(),
  nextToken: z.string().optional(),
});

/** Retrieve over knowledge bases by id. Documents are ranked by their words, not by embeddings. */
export function retrieveRoute(knowledgeBases: Readonly<Record<string, readonly KnowledgeBaseDocument[]>>): Route {
  return {
    method: 'POST',
    path: '/knowledgebases/{knowledgeBaseId}/retrieve',
    handle({ path, body }) {
      const documents = knowledgeBases[path['knowledgeBaseId'] ?? ''];
      if (documents === undefined) throw new ServiceError('ResourceNotFoundException', `The knowledge base ${path['knowledgeBaseId'] ?? ''} does not exist.`);
      const request = parseBody(requestSchema, body);
      const count = request.retrievalConfiguration?.vectorSearchConfiguration?.numberOfResults ?? 5;
      const from = request.nextToken === undefined ? 0 : Number(Buffer.from(request.nextToken, 'base64url').toString());
      if (!Number.isSafeInteger(from) || from < 0) throw new ServiceError('ValidationException', 'The nextToken is not one of this operation.');
      const found = retrieve(documents, request.retrievalQuery.text, documents.length);
      const page = found.slice(from, from + count);
      const more = from + count < found.length;
      return {
        kind: 'json',
        body: {
          retrievalResults: page.map(({ document, score }) => ({
            content: { type: 'TEXT', text: document.text },
            location: { type: 'S3', s3Location: { uri: document.uri } },
            score,
            ...(document.metadata === undefined ? {} : { metadata: document.metadata }),
          })),
          ...(more ? { nextToken: Buffer.from(String(from + count)).toString('base64url') } : {}),
        },
      };
    },
  };
}
