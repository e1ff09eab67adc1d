import type { Guardrail, GuardrailVerdict } from '@ask-aurora/agent-actions';
import type { ModelEvent, ModelResponse } from '@ask-aurora/nl2sql';

type Blocked = Extract<GuardrailVerdict, { readonly blocked: true }>;

/** What is let through of a model's stream; behind `blocked` only the response follows, for its usage. */
export type GuardedEvent = ModelEvent | { readonly type: 'blocked'; readonly verdict: Blocked };

/** How a guardrail goes with a stream: `sync` judges pieces before they are sent, `async` once they have been. */
export type StreamProcessingMode = 'sync' | 'async';

/** UTF-16 units that are gathered to be judged together. Bedrock says that it gathers chunks, not how many. */
const judgedTogether = 100;

/** Judges a model's stream as it comes, each time with all that was said before, so that what a topic is can be seen. */
export async function* guardedStream(events: AsyncIterable<ModelEvent>, guardrail: Guardrail, mode: StreamProcessingMode, signal: AbortSignal): AsyncGenerator<GuardedEvent> {
  let said = '';
  let unjudged = '';
  let isBlocked = false;
  const judge = async (): Promise<Blocked | undefined> => {
    if (unjudged === '') return undefined;
    const verdict = await guardrail.check('output', said, { signal });
    isBlocked = verdict.blocked;
    return verdict.blocked ? verdict : undefined;
  };
  function* release(length: number): Generator<GuardedEvent> {
    const text = unjudged.slice(0, length);
    unjudged = unjudged.slice(length);
    if (mode === 'sync' && text !== '') yield { type: 'text-delta', text };
  }

  for await (const event of events) {
    const isText = event.type === 'text-delta';
    if (!isBlocked) {
      const text = isText ? event.text : event.type === 'response' && said === '' ? textOf(event.response) : '';
      said += text;
      unjudged += text;
      if (isText && mode === 'async') yield event;
      if (!isText || unjudged.length >= judgedTogether) {
        const verdict = await judge();
        if (verdict !== undefined) yield { type: 'blocked', verdict };
        // A word that has not ended may become one that is not to be shown.
        else if (isText) yield* release(mode === 'async' ? unjudged.length : unjudged.search(/\S*$/u));
        else if (text === '') yield* release(unjudged.length);
      }
    }
    if (event.type === 'response' || (event.type === 'tool-use' && !isBlocked)) yield event;
  }
}

/** The text of a model that gives its response only as a whole. */
function textOf({ content }: ModelResponse): string {
  return content.map((each) => (each.type === 'text' ? each.text : '')).join('');
}
