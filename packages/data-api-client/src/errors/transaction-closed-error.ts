import { DataApiError } from './data-api-error.js';

/** The transaction object was used after its function had ended. */
export class TransactionClosedError extends DataApiError {
  readonly code = 'transaction-closed' as const;

  static override isInstance(value: unknown): value is TransactionClosedError {
    return DataApiError.isInstance(value) && value.code === 'transaction-closed';
  }
}
