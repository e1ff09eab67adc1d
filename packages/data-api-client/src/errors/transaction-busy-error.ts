import { DataApiError } from './data-api-error.js';

/** The transaction is still running another statement. */
export class TransactionBusyError extends DataApiError {
  readonly code = 'transaction-busy' as const;

  static override isInstance(value: unknown): value is TransactionBusyError {
    return DataApiError.isInstance(value) && value.code === 'transaction-busy';
  }
}
