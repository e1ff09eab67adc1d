import { abortError } from '../waiting/abort-error.js';
import { openWithin } from '../waiting/open-within.js';
import { withRetries, type Failure, type RetryPolicy } from '../waiting/with-retries.js';
import type { StreamPiece } from './converse-stream.js';
import type { ModelEvent } from './model-port.js';

/** How a provider's stream is opened and what its failures mean. */
export interface StreamEventsOptions {
  /** Sends the request and gives the pieces; the signal ends them. */
  readonly open: (signal: AbortSignal) => Promise<AsyncGenerator<StreamPiece>>;
  readonly describe: (error: unknown) => Failure;
  readonly retry: RetryPolicy;
  /** Milliseconds until the first piece. */
  readonly timeoutMs: number;
  readonly timeoutError: () => Error;
  readonly signal: AbortSignal | undefined;
}

/**
 * Drains the stream of any provider into events of the port: the response gets its latency, the connection is closed
 * however the consumer leaves. Opening is retried together with the first piece: a stream that breaks before any text
 * loses nothing, and one that breaks later is an error.
 *
 * @throws what `describe` makes of the failure; `aborted` when the signal fires
 */
export async function* streamEvents(options: StreamEventsOptions): AsyncGenerator<ModelEvent> {
  const { open, describe, retry, timeoutMs, timeoutError, signal } = options;
  const startedAt = performance.now();
  const opened = () =>
    openWithin({ signal, timeoutMs, timeoutError }, async (life) => {
      const pieces = await open(life);
      return { pieces, first: await pieces.next() };
    });
  const { value, close } = await withRetries(opened, describe, retry, signal);
  try {
    for (let step = value.first; step.done !== true; step = await value.pieces.next()) {
      const piece = step.value;
      yield piece.type === 'response' ? { type: 'response', response: { ...piece.response, latencyMs: performance.now() - startedAt } } : piece;
    }
  } catch (error) {
    if (signal?.aborted === true) throw abortError(signal);
    throw describe(error).error;
  } finally {
    close();
  }
}
