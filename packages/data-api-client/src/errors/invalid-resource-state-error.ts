import { DataApiError } from './data-api-error.js';

/** The cluster is in a state in which it takes no statements. */
export class InvalidResourceStateError extends DataApiError {
  readonly code = 'invalid-resource-state' as const;

  static override isInstance(value: unknown): value is InvalidResourceStateError {
    return DataApiError.isInstance(value) && value.code === 'invalid-resource-state';
  }
}
