import { DataApiError } from './data-api-error.js';

/** The service could not reach the database (HTTP 504). */
export class DatabaseUnavailableError extends DataApiError {
  readonly code = 'database-unavailable' as const;

  static override isInstance(value: unknown): value is DatabaseUnavailableError {
    return DataApiError.isInstance(value) && value.code === 'database-unavailable';
  }
}
