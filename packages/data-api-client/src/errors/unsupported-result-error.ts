import { DataApiError } from './data-api-error.js';

/** A column has a type that the Data API cannot return, such as interval, timetz, money or xml. Cast it to text in the statement. */
export class UnsupportedResultError extends DataApiError {
  readonly code = 'unsupported-result' as const;

  static override isInstance(value: unknown): value is UnsupportedResultError {
    return DataApiError.isInstance(value) && value.code === 'unsupported-result';
  }
}
