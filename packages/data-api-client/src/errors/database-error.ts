import { DataApiError } from './data-api-error.js';

/** The database refused the statement; `sqlState`, `position`, `hint` and `detail` say why. The statement left no effect. */
export class DatabaseError extends DataApiError {
  readonly code = 'database-error' as const;

  static override isInstance(value: unknown): value is DatabaseError {
    return DataApiError.isInstance(value) && value.code === 'database-error';
  }
}
