import { DataApiError } from './data-api-error.js';

/** `one` or `maybeOne` met a result with another number of rows. */
export class RowCountError extends DataApiError {
  readonly code = 'row-count' as const;

  static override isInstance(value: unknown): value is RowCountError {
    return DataApiError.isInstance(value) && value.code === 'row-count';
  }
}
