import type { DecodeRequest } from '../decoding/decode-result.js';
import { openTransaction, type OpenTransaction } from '../transaction/open-transaction.js';
import type { TransactionOptions } from '../transaction/transaction-options.js';
import type { ExecuteAnswer } from '../transport/data-api-transport.js';
import { callControl, type ClientContext } from './client-context.js';
import type { CallOptions, StatementOptions } from './query-options.js';
import type { RunnableStatement, StatementRunner } from './statement-runner.js';

/** Runs each statement on its own: what it does is committed at once. */
export class AutocommitRunner implements StatementRunner {
  readonly engine;
  readonly decoding;
  readonly inTransaction = false;
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
    this.engine = context.engine;
    this.decoding = context.decoding;
  }

  execute({ bound, sql, parameters }: RunnableStatement, decode: DecodeRequest | undefined, options: StatementOptions): Promise<ExecuteAnswer> {
    const [values = []] = bound.parameterSets;
    return this.#context.transport.execute(
      { sql: bound.sql, parameters: values, transactionId: undefined, continueAfterTimeout: options.continueAfterTimeout ?? false, decode },
      callControl(this.#context, { operation: 'execute', sql, parameterNames: values.map(({ name = '' }) => name), parameters, inTransaction: false, idempotent: false }, options),
    );
  }

  batchExecute({ bound, sql }: RunnableStatement, options: StatementOptions): Promise<readonly unknown[]> {
    return this.#context.transport.batchExecute(
      { sql: bound.sql, parameterSets: bound.parameterSets, transactionId: undefined },
      callControl(this.#context, { operation: 'batch', sql, parameterNames: (bound.parameterSets[0] ?? []).map(({ name = '' }) => name), inTransaction: false, idempotent: false }, options),
    );
  }

  open(options: TransactionOptions): Promise<OpenTransaction> {
    return openTransaction(this.#context, options);
  }

  async atomically<T>(work: (runner: StatementRunner) => Promise<T>, { signal, deadlineMs }: CallOptions): Promise<T> {
    const transaction = await this.open({ ...(signal === undefined ? {} : { signal }), ...(deadlineMs === undefined ? {} : { deadlineMs }) });
    try {
      const result = await transaction.runner.noting(() => work(transaction.runner));
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }
}
