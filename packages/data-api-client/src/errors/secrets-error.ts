import { DataApiError } from './data-api-error.js';

/** The service could not read the secret: check the secret ARN and the permission `secretsmanager:GetSecretValue`. */
export class SecretsError extends DataApiError {
  readonly code = 'secrets-error' as const;

  static override isInstance(value: unknown): value is SecretsError {
    return DataApiError.isInstance(value) && value.code === 'secrets-error';
  }
}
