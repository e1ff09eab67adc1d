import { DataApiError } from './data-api-error.js';

/** The call, or the transaction, did not end within its deadline. */
export class DeadlineError extends DataApiError {
  readonly code = 'deadline' as const;

  static override isInstance(value: unknown): value is DeadlineError {
    return DataApiError.isInstance(value) && value.code === 'deadline';
  }
}
