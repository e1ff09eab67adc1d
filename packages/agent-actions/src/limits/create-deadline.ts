import { AgentActionsError } from '../agent-actions-error.js';

/** One budget of time for a call, handed down to each of its steps. */
export interface Deadline {
  /** Aborts when the time is over or the caller gives up. */
  readonly signal: AbortSignal;
  /** True once the time is over (not when the caller gave up). */
  readonly expired: boolean;
  /** Milliseconds left, never below 0. */
  remaining(): number;
  /** Frees the timer; call it when the work is done. */
  dispose(): void;
}

/**
 * Joins a time budget and a caller's signal.
 * @param milliseconds how long the call may take
 */
export function createDeadline(milliseconds: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = performance.now() + milliseconds;
  // A timer takes no more: a longer one, or one without an end, would fire at once.
  const delay = Math.min(milliseconds, 2 ** 31 - 1);
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new DOMException('The time for this call is over.', 'TimeoutError'));
  }, delay);
  const giveUp = () => controller.abort(signal?.reason ?? new AgentActionsError('aborted', 'The caller gave up.'));
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    remaining: () => Math.max(0, end - performance.now()),
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    },
  };
}
