import { abandonable } from './abort-error.js';
import { combineSignals } from './combine-signals.js';

/**
 * Passes a stream on, and gives it up when it is silent for too long or the signal fires. The time the consumer takes
 * for an item does not count.
 *
 * @throws what `timeoutError` makes, or `aborted`.
 */
export async function* withIdleTimeout<T>(
  stream: AsyncIterable<T>,
  options: { readonly idleTimeoutMs: number; readonly signal: AbortSignal | undefined; readonly timeoutError: () => Error },
): AsyncGenerator<T, void, undefined> {
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const limited = combineSignals([options.signal], options.idleTimeoutMs, options.timeoutError);
      let step: IteratorResult<T>;
      try {
        step = await abandonable(iterator.next(), limited.signal);
      } finally {
        limited.release();
      }
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // Not awaited: the return of a stream that hangs would hang as well.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
