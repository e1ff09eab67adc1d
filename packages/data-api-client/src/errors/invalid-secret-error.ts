import { DataApiError } from './data-api-error.js';

/** The secret does not hold a user name and a password. */
export class InvalidSecretError extends DataApiError {
  readonly code = 'invalid-secret' as const;

  static override isInstance(value: unknown): value is InvalidSecretError {
    return DataApiError.isInstance(value) && value.code === 'invalid-secret';
  }
}
