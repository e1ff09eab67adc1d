import { DataApiError } from './data-api-error.js';

/** An option is wrong, or not possible with this database engine. Nothing was sent. */
export class ConfigurationError extends DataApiError {
  readonly code = 'configuration' as const;

  static override isInstance(value: unknown): value is ConfigurationError {
    return DataApiError.isInstance(value) && value.code === 'configuration';
  }
}
