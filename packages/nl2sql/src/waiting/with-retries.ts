import { setTimeout as delay } from 'node:timers/promises';
import type { Nl2SqlError } from '../nl2sql-error.js';
import { abortError, throwIfAborted } from './abort-error.js';

/** How to repeat a failed call: exponential back-off with full jitter. */
export interface RetryPolicy {
  /** Calls after the first. @default 4 */
  readonly retries?: number;
  /** The upper bound of the first wait in milliseconds; doubles with each retry. @default 400 */
  readonly baseDelayMs?: number;
  /** The longest wait in milliseconds; a longer `Retry-After` of the server ends the retries. @default 20000 */
  readonly maxDelayMs?: number;
}

/** A failure in our terms, with the wait the server asked for. */
export interface Failure {
  readonly error: Nl2SqlError;
  readonly retryAfterMs?: number;
}

/**
 * Calls `attempt` until it succeeds, fails for good or the retries are used up.
 *
 * @throws Nl2SqlError of `describe` for the last failure; `aborted` when the signal fires, waiting included.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  describe: (error: unknown) => Failure,
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { retries = 4, baseDelayMs = 400, maxDelayMs = 20_000 } = policy;
  for (let retry = 0; ; retry += 1) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted === true) throw abortError(signal);
      const { error: failure, retryAfterMs = 0 } = describe(error);
      if (!failure.retryable || retry >= retries || retryAfterMs > maxDelayMs) throw failure;
      const jittered = Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retry);
      await pause(Math.max(retryAfterMs, jittered), signal);
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted === true) throw abortError(signal);
    throw error;
  }
}
