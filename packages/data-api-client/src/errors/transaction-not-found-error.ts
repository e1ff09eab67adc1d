import { DataApiError } from './data-api-error.js';

/** The transaction ended: three minutes without a statement, 24 hours in all, or it was never begun. */
export class TransactionNotFoundError extends DataApiError {
  readonly code = 'transaction-not-found' as const;

  static override isInstance(value: unknown): value is TransactionNotFoundError {
    return DataApiError.isInstance(value) && value.code === 'transaction-not-found';
  }
}
