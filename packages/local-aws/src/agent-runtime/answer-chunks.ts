import type { AgentEvent } from '@ask-aurora/agent-actions';
import { encodeEvent } from '../event-stream/encode-event.js';
import type { KnowledgeBaseDocument } from './knowledge-base.js';
import { attributionOf } from './knowledge-lookups.js';

/** The chunks of one turn's answer. */
export interface AnswerChunks {
  /** The frames of an event: pieces of the answer, once they are known to be of the answer. */
  take(event: AgentEvent): Generator<Uint8Array>;
  /** The answer at the end: all of it, when no pieces were sent. */
  whole(text: string, sources: readonly KnowledgeBaseDocument[]): Generator<Uint8Array>;
}

/**
 * Bedrock streams the final response only. What a model says before it calls a tool is a rationale, and which of the two
 * a text is shows at the end of the model's reply; until then its pieces are held back.
 * @param streams whether pieces are sent one by one
 */
export function createAnswerChunks(streams: boolean): AnswerChunks {
  let held: string[] | undefined;
  /** The last piece waits for the end of the turn, for the attribution of the whole answer. */
  let last: string | undefined;
  const chunk = (piece: string, answer = piece, sources: readonly KnowledgeBaseDocument[] = []) =>
    encodeEvent('chunk', { bytes: Buffer.from(piece, 'utf8').toString('base64'), ...(sources.length === 0 ? {} : { attribution: attributionOf(answer, sources) }) });
  function* send(pieces: readonly string[]): Generator<Uint8Array> {
    for (const piece of pieces) {
      if (last !== undefined) yield chunk(last);
      last = piece;
    }
  }

  return {
    *take(event) {
      if (!streams) return;
      if (event.type === 'model-input') held = [];
      else if (event.type === 'text') {
        if (held !== undefined) held.push(event.text);
        else yield* send([event.text]);
      } else if (event.type === 'model-output') {
        const pieces = event.response.content.some((content) => content.type === 'tool-use') ? [] : (held ?? []);
        held = undefined;
        yield* send(pieces);
      }
    },
    *whole(text, sources) {
      yield chunk(last ?? text, text, sources);
    },
  };
}
