import type { DecodeRequest } from '../decoding/decode-result.js';
import type { DecodingOptions } from '../decoding/decoding-options.js';
import type { BoundStatement } from '../parameters/bind-statement.js';
import type { Parameters } from '../parameters/parameter-value.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { OpenTransaction } from '../transaction/open-transaction.js';
import type { TransactionOptions } from '../transaction/transaction-options.js';
import type { ExecuteAnswer } from '../transport/data-api-transport.js';
import type { CallOptions, StatementOptions } from './query-options.js';

/** A statement whose values are fitted, and what observers are to know of it. */
export interface RunnableStatement {
  readonly bound: BoundStatement;
  /** The statement as the caller wrote it. */
  readonly sql: string;
  readonly parameters: Parameters;
}

/** Runs statements on their own, or inside one transaction: what the query methods are built on. */
export interface StatementRunner {
  readonly engine: Engine;
  readonly decoding: DecodingOptions;
  readonly inTransaction: boolean;
  /** Runs a statement; without `decode` its rows are left out. */
  execute(statement: RunnableStatement, decode: DecodeRequest | undefined, options: StatementOptions): Promise<ExecuteAnswer>;
  /** Runs a statement for each set of its parameters; returns the values that were generated, as far as the service tells. */
  batchExecute(statement: RunnableStatement, options: StatementOptions): Promise<readonly unknown[]>;
  /** A transaction of its own; inside one, that one, whose end is not this caller's to decide. */
  open(options: TransactionOptions): Promise<OpenTransaction>;
  /** Runs a function of which everything takes effect or nothing: in a transaction of its own, or inside one in a savepoint. */
  atomically<T>(work: (runner: StatementRunner) => Promise<T>, options: CallOptions): Promise<T>;
}
