import { abortError } from './abort-error.js';
import { combineSignals } from './combine-signals.js';

/** Something open, and the way to end it: aborts the signal it was opened with. */
export interface Opened<T> {
  readonly value: T;
  close(): void;
}

/** Opens something that lives on, such as a stream: the time limit holds for the opening, the signal for its whole life. */
export async function openWithin<T>(
  limits: { readonly signal: AbortSignal | undefined; readonly timeoutMs: number; readonly timeoutError: () => Error },
  open: (signal: AbortSignal) => Promise<T>,
): Promise<Opened<T>> {
  const controller = new AbortController();
  const life = combineSignals([limits.signal, controller.signal]);
  const timer = setTimeout(() => controller.abort(limits.timeoutError()), limits.timeoutMs);
  const close = () => {
    controller.abort();
    life.release();
  };
  try {
    return { value: await open(life.signal), close };
  } catch (error) {
    const ended = life.signal.aborted ? abortError(life.signal) : error;
    close();
    throw ended;
  } finally {
    clearTimeout(timer);
  }
}
