import { DataApiError } from './data-api-error.js';

/** The service failed (HTTP 500); the statement may have run. */
export class InternalServerError extends DataApiError {
  readonly code = 'internal-server-error' as const;

  static override isInstance(value: unknown): value is InternalServerError {
    return DataApiError.isInstance(value) && value.code === 'internal-server-error';
  }
}
