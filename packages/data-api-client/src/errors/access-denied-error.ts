import { DataApiError } from './data-api-error.js';

/** The caller lacks `rds-data:*` permissions, or its login failed. */
export class AccessDeniedError extends DataApiError {
  readonly code = 'access-denied' as const;

  static override isInstance(value: unknown): value is AccessDeniedError {
    return DataApiError.isInstance(value) && value.code === 'access-denied';
  }
}
