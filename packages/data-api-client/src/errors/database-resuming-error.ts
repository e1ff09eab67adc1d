import { DataApiError } from './data-api-error.js';

/** The cluster was paused and is starting. Raised only when it did not come back within `resume.maxWaitMs`. */
export class DatabaseResumingError extends DataApiError {
  readonly code = 'database-resuming' as const;

  static override isInstance(value: unknown): value is DatabaseResumingError {
    return DataApiError.isInstance(value) && value.code === 'database-resuming';
  }
}
