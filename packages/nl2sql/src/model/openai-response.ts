import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import type { ModelContent, ModelResponse, ModelStopReason, ModelUsage } from './model-port.js';

export const chatUsageSchema = z.object({
  prompt_tokens: z.number().nonnegative().optional(),
  completion_tokens: z.number().nonnegative().optional(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nonnegative().nullish() }).nullish(),
});

/** Some endpoints give the text in parts, among others that are no answer, such as reasoning. */
const textPart = z.object({ type: z.string(), text: z.string().nullish() });

const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.union([z.string(), z.array(textPart)]).nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish() }) })).nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: chatUsageSchema.nullish(),
});

const stopReasons: Readonly<Record<string, ModelStopReason>> = {
  stop: 'end',
  length: 'max-tokens',
  tool_calls: 'tool-use',
  function_call: 'tool-use',
  content_filter: 'filtered',
};

/** A finish reason in the port's words. */
export function chatStopReason(reason: string | null | undefined): ModelStopReason {
  return (reason === null || reason === undefined ? undefined : stopReasons[reason]) ?? 'other';
}

/** A usage object in the port's words; endpoints that send none count as zero. */
export function chatUsage(usage: z.infer<typeof chatUsageSchema> | null | undefined): ModelUsage {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    inputTokens: Math.max(0, (usage?.prompt_tokens ?? 0) - cached),
    outputTokens: usage?.completion_tokens ?? 0,
    ...(cached === 0 ? {} : { cacheReadTokens: cached }),
  };
}

/** Arguments come as JSON text, from some endpoints as an object; text that is no JSON is kept as it is. */
export function toolArguments(value: string | Readonly<Record<string, unknown>> | null | undefined): unknown {
  if (typeof value !== 'string') return value ?? {};
  try {
    return value === '' ? {} : JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * Reads a chat completion's body.
 *
 * @throws Nl2SqlError `model-malformed-response` when it is no JSON or not of the documented shape.
 */
export function readChatCompletion(body: string): Omit<ModelResponse, 'latencyMs'> {
  const read = completionSchema.safeParse(parseJson(body));
  const choice = read.success ? read.data.choices[0] : undefined;
  if (!read.success || choice === undefined) {
    throw new Nl2SqlError({ code: 'model-malformed-response', message: 'The endpoint returned a body that is no chat completion.', cause: read.error, retryable: true });
  }
  const { content, refusal, tool_calls: calls } = choice.message;
  const text = Array.isArray(content) ? content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('') : (content ?? '');
  const blocks: ModelContent[] = [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...(calls ?? []).map((call, index) => ({ type: 'tool-use' as const, id: call.id ?? `call-${index}`, name: call.function.name, input: toolArguments(call.function.arguments) })),
  ];
  if (blocks.length === 0 && typeof refusal === 'string' && refusal !== '') {
    return { content: [{ type: 'text', text: refusal }], stopReason: 'filtered', usage: chatUsage(read.data.usage) };
  }
  return { content: blocks, stopReason: chatStopReason(choice.finish_reason), usage: chatUsage(read.data.usage) };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's own error quotes the text, and with it the question.
    throw new Nl2SqlError({ code: 'model-malformed-response', message: 'The endpoint returned a body that is no JSON.', retryable: true });
  }
}
