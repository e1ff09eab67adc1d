import { DataApiError } from './data-api-error.js';

/** The service refused the request itself: several statements in one, an array parameter, an unknown option. */
export class ValidationError extends DataApiError {
  readonly code = 'validation' as const;

  static override isInstance(value: unknown): value is ValidationError {
    return DataApiError.isInstance(value) && value.code === 'validation';
  }
}
