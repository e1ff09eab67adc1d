import type { ParameterValue } from '../pipeline/parameter-value.js';

/** A question as a cache sees it. */
export interface CacheQuestion {
  readonly question: string;
  /** Digest of all that the answer depends on beside the question: schema, policy, tenant, date, model, prompt. */
  readonly scope: string;
}

/** What is kept of an answer. It passes the guard again when it comes back. */
export interface CachedAnswer {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  readonly confidence: number;
}

/**
 * Remembers statements by question. A cache that fails is left out of the question it failed on, never the end of it.
 *
 * @throws Nl2SqlError `cache-failed` or `embedding-failed`; the pipeline notes it in the trace and goes on.
 */
export interface QuestionCache {
  lookup(question: CacheQuestion, options: { readonly signal?: AbortSignal }): Promise<CachedAnswer | null>;
  store(question: CacheQuestion, answer: CachedAnswer, options: { readonly signal?: AbortSignal }): Promise<void>;
}
