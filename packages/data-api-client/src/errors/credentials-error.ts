import { DataApiError } from './data-api-error.js';

/** No AWS credentials could be found or signed with; nothing was sent. */
export class CredentialsError extends DataApiError {
  readonly code = 'credentials' as const;

  static override isInstance(value: unknown): value is CredentialsError {
    return DataApiError.isInstance(value) && value.code === 'credentials';
  }
}
