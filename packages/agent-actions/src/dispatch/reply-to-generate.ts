import type { GenerateFailureCode, GenerateQueryResult } from '../generate-query/generate-query-result.js';
import type { ToolReply } from './tool-reply.js';
import { violationsForReply } from './violations-for-reply.js';

const statuses: Readonly<Record<GenerateFailureCode, number>> = {
  throttled: 429,
  'too-many-at-once': 429,
  'too-fast': 429,
  'token-budget': 429,
  'model-unavailable': 503,
  'schema-unavailable': 503,
  timeout: 504,
  aborted: 503,
  internal: 500,
};

/** The reply of generate-query: what a model needs to go on, and nothing of how it was found. */
export function replyToGenerate(result: GenerateQueryResult): ToolReply {
  switch (result.kind) {
    case 'statement':
      return {
        outcome: 'statement',
        code: null,
        next: 'done',
        status: 200,
        body: {
          outcome: 'statement',
          sql: result.sql,
          parameters: result.parameters,
          explanation: result.explanation,
          confidence: result.confidence,
          relations: result.relations.map((relation) => `${relation.schema}.${relation.name}`),
        },
      };
    case 'clarification':
      return { outcome: 'clarification', code: null, next: 'done', status: 200, body: { outcome: 'clarification', question: result.question } };
    case 'abstention':
      return { outcome: 'abstention', code: result.code, next: 'done', status: 200, body: { outcome: 'abstention', reason: result.reason } };
    case 'refusal':
      return {
        outcome: 'refusal',
        code: result.stage,
        next: result.stage === 'input' ? 'repair' : 'done',
        status: result.stage === 'input' ? 400 : 422,
        body: { outcome: 'refusal', stage: result.stage, reason: result.reason, violations: violationsForReply(result.violations) },
      };
    case 'failure':
      return {
        outcome: 'failure',
        code: result.code,
        next: result.retryable ? 'done' : 'give-up',
        status: statuses[result.code],
        body: { outcome: 'failure', code: result.code, message: result.message, hint: result.hint, retryable: result.retryable, retryAfterMs: result.retryAfterMs },
      };
  }
}
