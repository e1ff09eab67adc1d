import { DataApiError } from './data-api-error.js';

/** The cluster, or a database instance to run on, does not exist. */
export class DatabaseNotFoundError extends DataApiError {
  readonly code = 'database-not-found' as const;

  static override isInstance(value: unknown): value is DatabaseNotFoundError {
    return DataApiError.isInstance(value) && value.code === 'database-not-found';
  }
}
