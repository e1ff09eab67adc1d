import { Nl2SqlError } from '../nl2sql-error.js';
import { withIdleTimeout } from '../waiting/with-idle-timeout.js';
import { converseStopReason, converseUsage } from './converse-response.js';
import type { ModelContent, ModelEvent, ModelStopReason, ModelUsage } from './model-port.js';

/** An event of ConverseStream as the SDK yields it; exceptions arrive as members of the union or are thrown by the SDK. */
export interface ConverseStreamEvent {
  readonly contentBlockStart?: { readonly contentBlockIndex?: number | undefined; readonly start?: { readonly toolUse?: { readonly toolUseId?: string | undefined; readonly name?: string | undefined } } } | undefined;
  readonly contentBlockDelta?: { readonly contentBlockIndex?: number | undefined; readonly delta?: { readonly text?: string; readonly toolUse?: { readonly input?: string | undefined } } | undefined } | undefined;
  readonly contentBlockStop?: { readonly contentBlockIndex?: number | undefined } | undefined;
  readonly messageStop?: { readonly stopReason?: string | undefined } | undefined;
  readonly metadata?: { readonly usage?: unknown } | undefined;
}

/** An event of the port whose response has no latency yet. */
export type StreamPiece =
  | Exclude<ModelEvent, { type: 'response' }>
  | { readonly type: 'response'; readonly response: { readonly content: readonly ModelContent[]; readonly stopReason: ModelStopReason; readonly usage: ModelUsage } };

interface Block {
  text: string;
  toolUse: { readonly id: string; readonly name: string } | null;
}

/**
 * Puts the pieces of a stream together. Yields text as it comes and the whole response at the end.
 *
 * @throws Nl2SqlError `model-timeout` when no event comes in time, `model-malformed-response` when the stream ends
 *   before the message does: half an answer is never passed off as a whole one.
 */
export async function* readConverseStream(
  stream: AsyncIterable<ConverseStreamEvent>,
  options: { readonly idleTimeoutMs: number; readonly signal: AbortSignal; readonly what: string },
): AsyncGenerator<StreamPiece> {
  const blocks = new Map<number, Block>();
  const content: ModelContent[] = [];
  let stopReason: ModelStopReason | null = null;
  let usage: ModelUsage = { inputTokens: 0, outputTokens: 0 };
  const timeoutError = () => new Nl2SqlError({ code: 'model-timeout', message: `${options.what}: the stream was silent for ${options.idleTimeoutMs} ms.`, retryable: true });
  for await (const event of withIdleTimeout(stream, { ...options, timeoutError })) {
    if (event.contentBlockStart !== undefined) {
      const tool = event.contentBlockStart.start?.toolUse;
      blocks.set(event.contentBlockStart.contentBlockIndex ?? 0, { text: '', toolUse: tool === undefined ? null : { id: tool.toolUseId ?? '', name: tool.name ?? '' } });
    } else if (event.contentBlockDelta !== undefined) {
      const index = event.contentBlockDelta.contentBlockIndex ?? 0;
      const block = blocks.get(index) ?? { text: '', toolUse: null };
      blocks.set(index, block);
      const { text, toolUse } = event.contentBlockDelta.delta ?? {};
      block.text += text ?? toolUse?.input ?? '';
      if (text !== undefined && text !== '') yield { type: 'text-delta', text };
    } else if (event.contentBlockStop !== undefined) {
      const index = event.contentBlockStop.contentBlockIndex ?? 0;
      const block = blocks.get(index);
      blocks.delete(index);
      if (block === undefined) continue;
      const whole = finished(block);
      content.push(whole);
      if (whole.type === 'tool-use') yield { type: 'tool-use', toolUse: whole };
    } else if (event.messageStop !== undefined) {
      stopReason = converseStopReason(event.messageStop.stopReason);
    } else if (event.metadata !== undefined) {
      usage = converseUsage(event.metadata.usage);
    }
  }
  if (stopReason === null) {
    throw new Nl2SqlError({ code: 'model-malformed-response', message: `${options.what}: the stream ended before the message did.`, retryable: true });
  }
  for (const block of blocks.values()) content.push(finished(block));
  yield { type: 'response', response: { content, stopReason, usage } };
}

function finished(block: Block): ModelContent {
  if (block.toolUse === null) return { type: 'text', text: block.text };
  return { type: 'tool-use', id: block.toolUse.id, name: block.toolUse.name, input: parseToolInput(block.text) };
}

/** A tool call cut off by the token limit holds half a JSON document: keep its text, so that the reader can say so. */
function parseToolInput(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
