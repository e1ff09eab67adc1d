import { DataApiError, type DataApiErrorDetails } from './data-api-error.js';

/** The service answered with an error that this version has no class for; `serviceCode` is its name. */
export class ServiceError extends DataApiError {
  readonly code = 'service-error' as const;
  readonly serviceCode: string;

  constructor(message: string, details: DataApiErrorDetails & { readonly serviceCode: string }) {
    super(message, details);
    this.serviceCode = details.serviceCode;
  }

  static override isInstance(value: unknown): value is ServiceError {
    return DataApiError.isInstance(value) && value.code === 'service-error';
  }
}
