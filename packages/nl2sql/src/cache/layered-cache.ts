import type { QuestionCache } from './question-cache.js';

/**
 * Asks several caches in order, such as exact before semantic, and stores in all. What a later one knows is put into the
 * earlier ones. One that fails is passed over when another answers.
 */
export function createLayeredCache(layers: readonly QuestionCache[]): QuestionCache {
  return {
    async lookup(question, waiting) {
      let fault: unknown;
      for (const [depth, layer] of layers.entries()) {
        try {
          const answer = await layer.lookup(question, waiting);
          if (answer === null) continue;
          await Promise.allSettled(layers.slice(0, depth).map((earlier) => earlier.store(question, answer, waiting)));
          return answer;
        } catch (error) {
          fault ??= error;
        }
      }
      if (fault !== undefined) throw fault;
      return null;
    },
    async store(question, answer, waiting) {
      const outcomes = await Promise.allSettled(layers.map((layer) => layer.store(question, answer, waiting)));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
