import { DataApiError } from './data-api-error.js';

/** The service forbids this call to this caller. */
export class ForbiddenError extends DataApiError {
  readonly code = 'forbidden' as const;

  static override isInstance(value: unknown): value is ForbiddenError {
    return DataApiError.isInstance(value) && value.code === 'forbidden';
  }
}
