import { abortError } from './abort-error.js';
import { combineSignals } from './combine-signals.js';

/** Makes one call that must end within a time; the time limit's own error wins over what the abort made of the call. */
export async function callWithin<T>(
  limits: { readonly signal: AbortSignal | undefined; readonly timeoutMs: number; readonly timeoutError: () => Error },
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = combineSignals([limits.signal], limits.timeoutMs, limits.timeoutError);
  try {
    return await call(limited.signal);
  } catch (error) {
    if (limited.signal.aborted) throw abortError(limited.signal);
    throw error;
  } finally {
    limited.release();
  }
}
