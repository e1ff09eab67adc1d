import { AbortedError } from '../errors/aborted-error.js';
import { DeadlineError } from '../errors/deadline-error.js';
import type { Executed } from '../errors/executed.js';

/** The error for work that was given up, from the reason of the signal that ended it. */
export function abortError(reason: unknown, executed: Executed): AbortedError | DeadlineError {
  if (DeadlineError.isInstance(reason)) return new DeadlineError(reason.message, { executed });
  return new AbortedError('The call was aborted by its signal.', { executed, cause: reason });
}
