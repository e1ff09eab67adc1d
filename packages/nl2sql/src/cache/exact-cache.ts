import { createHash } from 'node:crypto';
import { parseStored, readCachedAnswer } from './cached-answer-json.js';
import type { CacheStore } from './cache-store.js';
import type { CacheQuestion, QuestionCache } from './question-cache.js';

export interface ExactCacheOptions {
  readonly store: CacheStore;
  /** @default 86400, a day */
  readonly ttlSeconds?: number;
}

/**
 * Remembers answers by the question's words: case, spaces and the final punctuation do not count. Keys are digests, so a
 * store never shows what was asked.
 */
export function createExactCache(options: ExactCacheOptions): QuestionCache {
  const { store, ttlSeconds = 86_400 } = options;
  return {
    async lookup(question, waiting) {
      const text = await store.get(exactKey(question), waiting);
      return text === null ? null : readCachedAnswer(parseStored(text));
    },
    store: (question, answer, waiting) => store.set(exactKey(question), JSON.stringify(answer), { ttlSeconds, ...waiting }),
  };
}

function exactKey({ question, scope }: CacheQuestion): string {
  return `exact:${createHash('sha256').update(`${scope}\u0000${sameWords(question)}`).digest('hex')}`;
}

/** The question without what does not change its meaning. What is quoted keeps its case: it may be a value. */
function sameWords(question: string): string {
  return question
    .normalize('NFC')
    .trim()
    .replace(/[.?!\s]+$/, '')
    .replace(/("[^"]*"|'[^']*')|([^"']+)/g, (_match, quoted?: string, rest?: string) => quoted ?? (rest ?? '').toLowerCase().replace(/\s+/g, ' '));
}
