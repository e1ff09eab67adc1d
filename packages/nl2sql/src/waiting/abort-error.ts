import { Nl2SqlError } from '../nl2sql-error.js';

/** The error of a wait that its caller ended. A reason that is one of our errors is kept as it is. */
export function abortError(signal: AbortSignal): Nl2SqlError {
  if (Nl2SqlError.isInstance(signal.reason)) return signal.reason;
  return new Nl2SqlError({ code: 'aborted', message: 'The caller aborted the call.', cause: signal.reason });
}

/** @throws Nl2SqlError `aborted` (or the signal's own reason) when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}

/** Waits for a promise no longer than the signal allows, for work that cannot be aborted itself. */
export async function abandonable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  throwIfAborted(signal);
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = () => reject(abortError(signal));
    signal.addEventListener('abort', listener, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (listener !== undefined) signal.removeEventListener('abort', listener);
  }
}
