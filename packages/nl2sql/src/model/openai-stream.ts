import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import { withIdleTimeout } from '../waiting/with-idle-timeout.js';
import type { StreamPiece } from './converse-stream.js';
import type { ModelContent, ModelStopReason, ModelUsage, ToolUseContent } from './model-port.js';
import { errorText, ReportedInStream } from './openai-failure.js';
import { chatStopReason, chatUsage, chatUsageSchema, toolArguments } from './openai-response.js';

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            tool_calls: z
              .array(z.object({ index: z.number().optional(), id: z.string().nullish(), function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).optional() }))
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: chatUsageSchema.nullish(),
  error: z.unknown().optional(),
});

interface PartialCall {
  id: string;
  name: string;
  input: string;
}

/**
 * Puts the chunks of a streamed chat completion together.
 *
 * @throws Nl2SqlError `model-timeout` when no chunk comes in time, `model-malformed-response` for a chunk of another
 *   shape and for a stream that ends without a finish reason
 * @throws ReportedInStream for an error that the endpoint reports in an event
 */
export async function* readChatStream(events: AsyncIterable<string>, options: { readonly idleTimeoutMs: number; readonly signal: AbortSignal; readonly what: string }): AsyncGenerator<StreamPiece> {
  const calls = new Map<number, PartialCall>();
  let text = '';
  let stopReason: ModelStopReason | null = null;
  let usage: ModelUsage = { inputTokens: 0, outputTokens: 0 };
  const timeoutError = () => new Nl2SqlError({ code: 'model-timeout', message: `${options.what}: the stream was silent for ${options.idleTimeoutMs} ms.`, retryable: true });
  for await (const data of withIdleTimeout(events, { ...options, timeoutError })) {
    if (data.trim() === '[DONE]') break;
    const chunk = readChunk(data, options.what);
    if (chunk.usage !== null && chunk.usage !== undefined) usage = chatUsage(chunk.usage);
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const delta = choice.delta?.content ?? '';
    if (delta !== '') {
      text += delta;
      yield { type: 'text-delta', text: delta };
    }
    for (const call of choice.delta?.tool_calls ?? []) extendCall(calls, call);
    if (choice.finish_reason !== null && choice.finish_reason !== undefined) stopReason = chatStopReason(choice.finish_reason);
  }
  if (stopReason === null) throw new Nl2SqlError({ code: 'model-malformed-response', message: `${options.what}: the stream ended before the message did.`, retryable: true });
  const uses = [...calls.values()].map((call): ToolUseContent => ({ type: 'tool-use', id: call.id, name: call.name, input: toolArguments(call.input) }));
  for (const toolUse of uses) yield { type: 'tool-use', toolUse };
  const content: ModelContent[] = [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...uses];
  yield { type: 'response', response: { content, stopReason, usage } };
}

function readChunk(data: string, what: string): z.infer<typeof chunkSchema> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    // The parser's own error quotes the text, and with it the question.
    throw new Nl2SqlError({ code: 'model-malformed-response', message: `${what}: an event of the stream is no JSON.`, retryable: true });
  }
  const read = chunkSchema.safeParse(parsed);
  if (!read.success) throw new Nl2SqlError({ code: 'model-malformed-response', message: `${what}: an event of the stream is no chunk.`, cause: read.error, retryable: true });
  if (read.data.error !== undefined && read.data.error !== null) {
    throw new ReportedInStream(errorText(JSON.stringify({ error: read.data.error })));
  }
  return read.data;
}

function extendCall(calls: Map<number, PartialCall>, piece: { readonly index?: number | undefined; readonly id?: string | null | undefined; readonly function?: { readonly name?: string | null | undefined; readonly arguments?: string | null | undefined } | undefined }): void {
  const index = piece.index ?? 0;
  const call = calls.get(index) ?? { id: piece.id ?? `call-${index}`, name: '', input: '' };
  calls.set(index, call);
  call.name += piece.function?.name ?? '';
  call.input += piece.function?.arguments ?? '';
}
