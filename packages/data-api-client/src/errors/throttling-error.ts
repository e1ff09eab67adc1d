import { DataApiError } from './data-api-error.js';

/** The service took no further request at this moment, and still did not after the retries of the AWS SDK. */
export class ThrottlingError extends DataApiError {
  readonly code = 'throttling' as const;

  static override isInstance(value: unknown): value is ThrottlingError {
    return DataApiError.isInstance(value) && value.code === 'throttling';
  }
}
