import { DataApiError } from './data-api-error.js';

/** A parameter is missing, unused, or has a value that its type cannot hold. Nothing was sent. */
export class ParameterError extends DataApiError {
  readonly code = 'parameter' as const;

  static override isInstance(value: unknown): value is ParameterError {
    return DataApiError.isInstance(value) && value.code === 'parameter';
  }
}
