import type { Queries } from '../client/queries.js';
import type { CallOptions } from '../client/query-options.js';

/** A transaction under way. Statements given to it at the same time are sent one after the other, as the Data API demands. */
export interface Transaction extends Queries {
  /** The Data API's id, for code that calls the SDK itself. */
  readonly id: string;
  /** Fires when the transaction is given up: by the caller's signal or its timeout. */
  readonly signal: AbortSignal;
  /** Runs a function in a savepoint: what it throws undoes its own statements only, and is thrown again. */
  savepoint<T>(work: (transaction: Transaction) => Promise<T>, options?: CallOptions): Promise<T>;
}

/** A transaction whose end its owner decides. */
export interface ManualTransaction extends Transaction {
  /**
   * @throws TransactionAbortedError when a statement failed: the transaction is rolled back then.
   */
  commit(): Promise<void>;
  /** Never throws: what cannot be rolled back here the service rolls back after three idle minutes. */
  rollback(): Promise<void>;
}
