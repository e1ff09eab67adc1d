import type { ReadOnlyOptions, TransactionOptions } from '../transaction/transaction-options.js';
import type { ManualTransaction, Transaction } from '../transaction/transaction.js';
import type { Queries } from './queries.js';
import type { Engine } from '../parameters/scan-statement.js';

/** A client of one database behind the RDS Data API. Made by `createDataApiClient`. */
export interface DataApiClient extends Queries {
  readonly engine: Engine;

  /**
   * Runs a function in a transaction: committed when it returns, rolled back when it throws or the signal fires.
   * When the answer to the commit is lost, the error's `executed` is `unknown`.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  transaction<T>(options: TransactionOptions, work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /** Begins a transaction that the caller ends, for libraries with transactions of their own. Prefer `transaction`. */
  begin(options?: Omit<TransactionOptions, 'retries'>): Promise<ManualTransaction>;

  /** Runs a function in a READ ONLY transaction that always ends in ROLLBACK. */
  readOnly<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  readOnly<T>(options: ReadOnlyOptions, work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /** Closes the connections of a client that was made here; an injected one is left alone. */
  close(): void;
}
