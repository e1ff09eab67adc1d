import { DataApiError } from './data-api-error.js';

/** The service refused the request for a reason it has no other name for. */
export class BadRequestError extends DataApiError {
  readonly code = 'bad-request' as const;

  static override isInstance(value: unknown): value is BadRequestError {
    return DataApiError.isInstance(value) && value.code === 'bad-request';
  }
}
