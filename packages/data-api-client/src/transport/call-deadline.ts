import type { AbortedError } from '../errors/aborted-error.js';
import { DeadlineError } from '../errors/deadline-error.js';
import type { Executed } from '../errors/executed.js';
import { abortError } from './abort-error.js';

/**
 * One signal for all ends of a call or a transaction: its deadline, and the signals of those who wait for it.
 *
 * `dispose` takes the listeners off again: a signal that lives as long as the process must not gather one for each call.
 */
export class CallDeadline {
  readonly #controller = new AbortController();
  readonly #callers: readonly AbortSignal[];
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #forward = (event: Event): void => this.#controller.abort((event.target as AbortSignal).reason);

  constructor(milliseconds: number | undefined, callers: readonly (AbortSignal | undefined)[]) {
    this.#callers = callers.filter((caller) => caller !== undefined);
    this.#timer = milliseconds === undefined ? undefined : setTimeout(() => this.#controller.abort(new DeadlineError(`Not ended within ${milliseconds} ms.`)), milliseconds);
    for (const caller of this.#callers) {
      if (caller.aborted) this.#controller.abort(caller.reason);
      else caller.addEventListener('abort', this.#forward, { once: true });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get over(): boolean {
    return this.#controller.signal.aborted;
  }

  /** The error for the call that was given up. */
  error(executed: Executed): AbortedError | DeadlineError {
    return abortError(this.#controller.signal.reason, executed);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const caller of this.#callers) caller.removeEventListener('abort', this.#forward);
  }
}
