import type { GuardrailVerdict } from '@ask-aurora/agent-actions';
import type { ModelContent } from '@ask-aurora/nl2sql';
import { replyOf, type ConverseReply } from './converse-reply.js';
import type { GuardedEvent } from './guarded-stream.js';

/** One event of ConverseStream: its name and its payload. */
export type ConverseEvent = readonly [name: string, payload: unknown];

/** Code points of a tool's input in one event. */
const inputPiece = /[\s\S]{1,24}/gu;

/** Writes the content of a message as events, block by block. */
function createBlockWriter() {
  let index = 0;
  let isOpen = false;
  function* close(): Generator<ConverseEvent> {
    if (!isOpen) return;
    isOpen = false;
    yield ['contentBlockStop', { contentBlockIndex: index }];
    index += 1;
  }
  return {
    close,
    get isEmpty() {
      return index === 0 && !isOpen;
    },
    *text(text: string): Generator<ConverseEvent> {
      isOpen = true;
      yield ['contentBlockDelta', { contentBlockIndex: index, delta: { text } }];
    },
    *toolUse({ id, name, input }: Extract<ModelContent, { readonly type: 'tool-use' }>): Generator<ConverseEvent> {
      yield* close();
      isOpen = true;
      yield ['contentBlockStart', { contentBlockIndex: index, start: { toolUse: { toolUseId: id, name } } }];
      for (const piece of JSON.stringify(input).match(inputPiece) ?? []) yield ['contentBlockDelta', { contentBlockIndex: index, delta: { toolUse: { input: piece } } }];
      yield* close();
    },
  };
}

function* endOf({ stopReason, usage, latencyMs, trace }: ConverseReply): Generator<ConverseEvent> {
  yield ['messageStop', { stopReason }];
  yield ['metadata', { usage, metrics: { latencyMs }, ...(trace === undefined ? {} : { trace }) }];
}

function* blocksOf(content: ConverseReply['content'], writer: ReturnType<typeof createBlockWriter>): Generator<ConverseEvent> {
  for (const each of content) {
    if (each.type === 'tool-use') yield* writer.toolUse(each);
    else {
      for (const word of each.text.match(/\s*\S+\s*|\s+/g) ?? []) yield* writer.text(word);
      yield* writer.close();
    }
  }
}

/** A reply that is known as a whole, in the events of ConverseStream. */
export function* converseEvents(reply: ConverseReply): Generator<ConverseEvent> {
  yield ['messageStart', { role: 'assistant' }];
  yield* blocksOf(reply.content, createBlockWriter());
  yield* endOf(reply);
}

/**
 * A model's stream in the events of ConverseStream, each as it comes.
 * @param blocked the reply in place of what a guardrail does not let through
 * @throws Error when the stream ends without the whole response
 */
export async function* converseEventsOf(events: AsyncIterable<GuardedEvent>, blocked: (verdict: Extract<GuardrailVerdict, { readonly blocked: true }>) => ConverseReply): AsyncGenerator<ConverseEvent> {
  const writer = createBlockWriter();
  let intervention: ConverseReply | undefined;
  yield ['messageStart', { role: 'assistant' }];
  for await (const event of events) {
    if (event.type === 'text-delta') yield* writer.text(event.text);
    else if (event.type === 'tool-use') yield* writer.toolUse(event.toolUse);
    else if (event.type === 'blocked') {
      intervention = blocked(event.verdict);
      yield* writer.close();
      yield* blocksOf(intervention.content, writer);
    } else if (intervention !== undefined) return yield* endOf({ ...intervention, usage: replyOf(event.response).usage });
    else {
      if (writer.isEmpty) yield* blocksOf(event.response.content, writer);
      yield* writer.close();
      return yield* endOf(replyOf(event.response));
    }
  }
  throw new Error('The stream of the model ended without its response.');
}
