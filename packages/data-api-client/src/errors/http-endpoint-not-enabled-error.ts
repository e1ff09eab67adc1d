import { DataApiError } from './data-api-error.js';

/** The Data API is switched off for this cluster. */
export class HttpEndpointNotEnabledError extends DataApiError {
  readonly code = 'http-endpoint-not-enabled' as const;

  static override isInstance(value: unknown): value is HttpEndpointNotEnabledError {
    return DataApiError.isInstance(value) && value.code === 'http-endpoint-not-enabled';
  }
}
