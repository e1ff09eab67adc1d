import type { ModelUsage } from '../model/model-port.js';
import { addUsage, noUsage, type ModelPrices, type PipelineUsage } from './pipeline-usage.js';

/** Adds up what a question costs and says whether another call fits its budget. */
export interface UsageMeter {
  add(usage: ModelUsage): void;
  /** Whether a call with a prompt of about `promptTokens` and at most `outputTokens` fits. */
  allows(promptTokens: number, outputTokens: number): boolean;
  total(): PipelineUsage;
}

/** Makes a meter. `budget` counts input, output and cached tokens alike; absent: no limit. */
export function createUsageMeter(budget: number | undefined, prices: ModelPrices | undefined): UsageMeter {
  let total = noUsage(prices);
  return {
    add(usage) {
      total = addUsage(total, usage, prices);
    },
    allows(promptTokens, outputTokens) {
      const spent = total.inputTokens + total.outputTokens + total.cacheReadTokens + total.cacheWriteTokens;
      return budget === undefined || spent + promptTokens + outputTokens <= budget;
    },
    total: () => total,
  };
}
