import type { ModelResponse, ModelStopReason } from '@ask-aurora/nl2sql';

const stopReasons: Readonly<Record<ModelStopReason, string>> = {
  end: 'end_turn',
  'tool-use': 'tool_use',
  'max-tokens': 'max_tokens',
  'stop-sequence': 'stop_sequence',
  guardrail: 'guardrail_intervened',
  filtered: 'content_filtered',
  'context-window': 'model_context_window_exceeded',
  malformed: 'malformed_model_output',
  other: 'end_turn',
};

/** What both Converse operations answer with, apart from how it is sent. */
export interface ConverseReply {
  readonly content: ModelResponse['content'];
  readonly stopReason: string;
  readonly usage: Readonly<Record<string, number>>;
  readonly latencyMs: number;
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** A model's response as a Converse reply. */
export function replyOf(response: ModelResponse): ConverseReply {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = response.usage;
  return {
    content: response.content,
    stopReason: stopReasons[response.stopReason],
    usage: {
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens,
      ...(cacheReadTokens === undefined ? {} : { cacheReadInputTokens: cacheReadTokens }),
      ...(cacheWriteTokens === undefined ? {} : { cacheWriteInputTokens: cacheWriteTokens }),
    },
    latencyMs: Math.round(response.latencyMs),
  };
}

/** The whole reply, as Converse sends it. */
export function converseBody({ content, stopReason, usage, latencyMs, trace }: ConverseReply): unknown {
  return {
    output: { message: { role: 'assistant', content: content.map((each) => (each.type === 'text' ? { text: each.text } : { toolUse: { toolUseId: each.id, name: each.name, input: each.input } })) } },
    stopReason,
    usage,
    metrics: { latencyMs },
    ...(trace === undefined ? {} : { trace }),
  };
}
