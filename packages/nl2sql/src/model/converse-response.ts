import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import type { ModelContent, ModelResponse, ModelStopReason, ModelUsage } from './model-port.js';

const usageSchema = z
  .object({
    inputTokens: z.number().nonnegative().optional(),
    outputTokens: z.number().nonnegative().optional(),
    cacheReadInputTokens: z.number().nonnegative().optional(),
    cacheWriteInputTokens: z.number().nonnegative().optional(),
  })
  .optional();

const responseSchema = z.object({
  output: z.object({
    message: z.object({
      content: z.array(z.object({ text: z.string().optional(), toolUse: z.object({ toolUseId: z.string(), name: z.string(), input: z.unknown() }).optional() })),
    }),
  }),
  stopReason: z.string(),
  usage: usageSchema,
});

const stopReasons: Readonly<Record<string, ModelStopReason>> = {
  end_turn: 'end',
  tool_use: 'tool-use',
  max_tokens: 'max-tokens',
  stop_sequence: 'stop-sequence',
  guardrail_intervened: 'guardrail',
  content_filtered: 'filtered',
  model_context_window_exceeded: 'context-window',
  malformed_model_output: 'malformed',
  malformed_tool_use: 'malformed',
};

/** Converse's stop reason in the port's words. */
export function converseStopReason(reason: string | undefined): ModelStopReason {
  return (reason === undefined ? undefined : stopReasons[reason]) ?? 'other';
}

/** Converse's usage in the port's words. */
export function converseUsage(usage: unknown): ModelUsage {
  const read = usageSchema.safeParse(usage);
  const tokens = read.success ? read.data : undefined;
  return {
    inputTokens: tokens?.inputTokens ?? 0,
    outputTokens: tokens?.outputTokens ?? 0,
    ...(tokens?.cacheReadInputTokens === undefined ? {} : { cacheReadTokens: tokens.cacheReadInputTokens }),
    ...(tokens?.cacheWriteInputTokens === undefined ? {} : { cacheWriteTokens: tokens.cacheWriteInputTokens }),
  };
}

/**
 * Reads what Converse returned.
 *
 * @throws Nl2SqlError `model-malformed-response` when it is not of the documented shape.
 */
export function readConverseResponse(output: unknown): Omit<ModelResponse, 'latencyMs'> {
  const read = responseSchema.safeParse(output);
  if (!read.success) {
    throw new Nl2SqlError({ code: 'model-malformed-response', message: 'Bedrock Converse returned a body without a message or a stop reason.', cause: read.error, retryable: true });
  }
  const content = read.data.output.message.content.flatMap(({ text, toolUse }): ModelContent[] => {
    if (toolUse !== undefined) return [{ type: 'tool-use', id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input }];
    return text === undefined ? [] : [{ type: 'text', text }];
  });
  return { content, stopReason: converseStopReason(read.data.stopReason), usage: converseUsage(read.data.usage) };
}
