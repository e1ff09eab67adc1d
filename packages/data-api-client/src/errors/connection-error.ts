import { DataApiError } from './data-api-error.js';

/** The connection could not be made (`executed` is `no`) or broke during the call (`unknown`). */
export class ConnectionError extends DataApiError {
  readonly code = 'connection' as const;

  static override isInstance(value: unknown): value is ConnectionError {
    return DataApiError.isInstance(value) && value.code === 'connection';
  }
}
