import { DataApiError } from './data-api-error.js';

/** A value of the result cannot be decoded as its column's type. */
export class DecodeError extends DataApiError {
  readonly code = 'decode' as const;

  static override isInstance(value: unknown): value is DecodeError {
    return DataApiError.isInstance(value) && value.code === 'decode';
  }
}
