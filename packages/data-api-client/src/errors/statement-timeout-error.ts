import { DataApiError, type DataApiErrorDetails } from './data-api-error.js';

/** The statement ran longer than the Data API waits (45 s). With `continueAfterTimeout` it goes on running in the database. */
export class StatementTimeoutError extends DataApiError {
  readonly code = 'statement-timeout' as const;
  /** The database session that ran the statement (`pg_backend_pid()`), when the service names it. */
  readonly connectionId: number | undefined;

  constructor(message: string, details: DataApiErrorDetails & { readonly connectionId?: number } = {}) {
    super(message, details);
    this.connectionId = details.connectionId;
  }

  static override isInstance(value: unknown): value is StatementTimeoutError {
    return DataApiError.isInstance(value) && value.code === 'statement-timeout';
  }
}
