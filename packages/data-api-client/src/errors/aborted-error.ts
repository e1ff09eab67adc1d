import { DataApiError } from './data-api-error.js';

/** The caller's AbortSignal fired; `cause` is its reason. */
export class AbortedError extends DataApiError {
  readonly code = 'aborted' as const;

  static override isInstance(value: unknown): value is AbortedError {
    return DataApiError.isInstance(value) && value.code === 'aborted';
  }
}
