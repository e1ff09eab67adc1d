import { DataApiError } from './data-api-error.js';

/** A statement of the transaction failed and its error was caught: PostgreSQL would turn the commit into a rollback without a word. `cause` is the failure. */
export class TransactionAbortedError extends DataApiError {
  readonly code = 'transaction-aborted' as const;

  static override isInstance(value: unknown): value is TransactionAbortedError {
    return DataApiError.isInstance(value) && value.code === 'transaction-aborted';
  }
}
