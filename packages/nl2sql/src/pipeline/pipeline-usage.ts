import type { ModelUsage } from '../model/model-port.js';

/** What a question cost. */
export interface PipelineUsage {
  readonly modelCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** In the currency of the prices given; null when no prices were. */
  readonly cost: number | null;
}

/** Prices per million tokens, in one currency. */
export interface ModelPrices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  /** @default inputPerMillion */
  readonly cacheReadPerMillion?: number;
  /** @default inputPerMillion */
  readonly cacheWritePerMillion?: number;
}

/** Usage of nothing yet. */
export function noUsage(prices?: ModelPrices): PipelineUsage {
  return { modelCalls: 0, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cost: prices === undefined ? null : 0 };
}

/** Adds one model call to a running total. */
export function addUsage(total: PipelineUsage, call: ModelUsage, prices?: ModelPrices): PipelineUsage {
  const cacheRead = call.cacheReadTokens ?? 0;
  const cacheWrite = call.cacheWriteTokens ?? 0;
  return {
    modelCalls: total.modelCalls + 1,
    inputTokens: total.inputTokens + call.inputTokens,
    outputTokens: total.outputTokens + call.outputTokens,
    cacheReadTokens: total.cacheReadTokens + cacheRead,
    cacheWriteTokens: total.cacheWriteTokens + cacheWrite,
    cost: prices === undefined ? total.cost : (total.cost ?? 0) + costOf(call.inputTokens, call.outputTokens, cacheRead, cacheWrite, prices),
  };
}

function costOf(input: number, output: number, cacheRead: number, cacheWrite: number, prices: ModelPrices): number {
  return (
    (input * prices.inputPerMillion +
      output * prices.outputPerMillion +
      cacheRead * (prices.cacheReadPerMillion ?? prices.inputPerMillion) +
      cacheWrite * (prices.cacheWritePerMillion ?? prices.inputPerMillion)) /
    1_000_000
  );
}
