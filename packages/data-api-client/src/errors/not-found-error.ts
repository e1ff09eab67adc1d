import { DataApiError } from './data-api-error.js';

/** The resource ARN names nothing. */
export class NotFoundError extends DataApiError {
  readonly code = 'not-found' as const;

  static override isInstance(value: unknown): value is NotFoundError {
    return DataApiError.isInstance(value) && value.code === 'not-found';
  }
}
