import { DataApiError } from './data-api-error.js';

/** The service is unavailable (HTTP 503). */
export class ServiceUnavailableError extends DataApiError {
  readonly code = 'service-unavailable' as const;

  static override isInstance(value: unknown): value is ServiceUnavailableError {
    return DataApiError.isInstance(value) && value.code === 'service-unavailable';
  }
}
