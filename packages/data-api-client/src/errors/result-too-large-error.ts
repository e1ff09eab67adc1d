import { DataApiError } from './data-api-error.js';

/** The result exceeds 1 MiB, or a row 64 KB. Use `stream`, or select less. */
export class ResultTooLargeError extends DataApiError {
  readonly code = 'result-too-large' as const;

  static override isInstance(value: unknown): value is ResultTooLargeError {
    return DataApiError.isInstance(value) && value.code === 'result-too-large';
  }
}
