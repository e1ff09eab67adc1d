import { callControl, type ClientContext } from '../client/client-context.js';
import type { CallOptions, StatementOptions } from '../client/query-options.js';
import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import type { DecodeRequest } from '../decoding/decode-result.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { DatabaseError } from '../errors/database-error.js';
import { DataApiError } from '../errors/data-api-error.js';
import { markUndone } from '../errors/mark-undone.js';
import { TransactionAbortedError } from '../errors/transaction-aborted-error.js';
import { StatementTimeoutError } from '../errors/statement-timeout-error.js';
import { TransactionClosedError } from '../errors/transaction-closed-error.js';
import { bindStatement } from '../parameters/bind-statement.js';
import { resolveStatement } from '../sql/resolve-statement.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import type { ExecuteAnswer } from '../transport/data-api-transport.js';
import { commitsImplicitly } from './commits-implicitly.js';
import type { OpenTransaction } from './open-transaction.js';

export interface TransactionRunnerOptions {
  readonly id: string;
  readonly signal: AbortSignal;
  /** What statements are that do not say it themselves. */
  readonly idempotent: boolean;
  readonly savepointEach: boolean;
}

/** Runs statements inside one transaction, one after the other: the Data API refuses a second one while the first is running. */
export class TransactionRunner implements StatementRunner {
  readonly engine;
  readonly decoding;
  readonly inTransaction = true;
  readonly id: string;
  readonly signal: AbortSignal;
  /** The failure after which nothing can be committed. PostgreSQL: until a savepoint before it is rolled back to. */
  failure: DataApiError | undefined;
  readonly #context: ClientContext;
  readonly #options: TransactionRunnerOptions;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** MySQL has undone the whole transaction by itself, and would commit what follows at once. */
  #undone: DataApiError | undefined;
  #savepoints = 0;
  /** What statements of this transaction failed with that may have taken effect: its end says something of that, and nothing of other errors'. */
  readonly #failures = new Set<DataApiError>();

  constructor(context: ClientContext, options: TransactionRunnerOptions) {
    this.#context = context;
    this.#options = options;
    this.engine = context.engine;
    this.decoding = context.decoding;
    this.id = options.id;
    this.signal = options.signal;
  }

  execute(statement: RunnableStatement, decode: DecodeRequest | undefined, options: StatementOptions): Promise<ExecuteAnswer> {
    if (this.engine === 'mysql' && commitsImplicitly(statement.bound.sql)) {
      return Promise.reject(new ConfigurationError('MySQL commits the transaction at this statement: run it outside of the transaction, or leave beginning and ending to it.'));
    }
    if (options.continueAfterTimeout) return Promise.reject(new ConfigurationError('continueAfterTimeout is not possible in a transaction.'));
    return this.#inTurn(() => this.#guarded(options, () => this.#executeNow(statement, decode, options)));
  }

  batchExecute({ bound, sql }: RunnableStatement, options: StatementOptions): Promise<readonly unknown[]> {
    return this.#inTurn(() =>
      this.#guarded(options, () =>
        this.#watched(() =>
          this.#context.transport.batchExecute(
            { sql: bound.sql, parameterSets: bound.parameterSets, transactionId: this.id },
            callControl(this.#context, { operation: 'batch', sql, parameterNames: names(bound.parameterSets[0]), ...this.#common() }, options),
          ),
        ),
      ),
    );
  }

  /** A transaction inside this one is this one; the outermost decides how it ends. */
  open(): Promise<OpenTransaction> {
    return Promise.resolve({ runner: this, commit: () => Promise.resolve(), rollback: () => Promise.resolve() });
  }

  /** Inside a transaction, what throws is undone by a savepoint. */
  atomically<T>(work: (runner: TransactionRunner) => Promise<T>, options: CallOptions): Promise<T> {
    return this.savepoint(() => this.noting(() => work(this)), options);
  }

  /** Remembers what is thrown as this transaction's own. */
  async noting<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (DataApiError.isInstance(error) && error.executed !== 'no') this.#failures.add(error);
      throw error;
    }
  }

  /** After the transaction was rolled back: none of its statements has an effect any more. */
  undone(): void {
    for (const failure of this.#failures) markUndone(failure);
    this.#failures.clear();
  }

  /** Once a commit is sent, whether the statements have taken effect is for its answer to say. */
  leaveToCommit(): void {
    this.#failures.clear();
  }

  /** Runs a statement of the transaction's own, beside those of its function. */
  control(statement: SqlStatement, decode?: DecodeRequest): Promise<ExecuteAnswer> {
    const { sql, parameters } = resolveStatement(statement);
    return this.#inTurn(() => this.#executeNow({ bound: bindStatement(sql, [parameters], this.engine), sql, parameters }, decode, { idempotent: false }));
  }

  /** Runs a function in a savepoint; what it throws undoes what was done since, and is thrown again. */
  async savepoint<T>(work: () => Promise<T>, options: CallOptions): Promise<T> {
    const name = this.#savepointName();
    await this.#command(`savepoint ${name}`, options);
    try {
      const result = await work();
      await this.#command(`release savepoint ${name}`, options);
      return result;
    } catch (error) {
      await this.#undoTo(() => this.#command(`rollback to savepoint ${name}`, options), error);
      throw error;
    }
  }

  /** What could not be undone must not be committed with the rest. */
  async #undoTo(rollBack: () => Promise<unknown>, reason: unknown): Promise<void> {
    try {
      await rollBack();
      if (DataApiError.isInstance(reason) && this.#failures.delete(reason)) markUndone(reason);
    } catch (error) {
      if (DataApiError.isInstance(error)) this.failure ??= error;
    }
  }

  /** Runs a command of transaction control, which takes no parameters. */
  #command(sql: string, options: CallOptions): Promise<ExecuteAnswer> {
    return this.#inTurn(() => this.#executeNow({ bound: { sql, parameterSets: [] }, sql, parameters: {} }, undefined, { ...options, idempotent: false }));
  }

  /** Takes no further statement, and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => {
      if (this.#closed) throw new TransactionClosedError('The transaction has ended: await every statement inside its function.');
      return run();
    });
    // Without the answer: it would be kept until the next statement.
    this.#tail = turn.then(() => undefined, () => undefined);
    return turn;
  }

  async #guarded<T>(options: StatementOptions, run: () => Promise<T>): Promise<T> {
    if (!this.#options.savepointEach) return run();
    const name = this.#savepointName();
    const command = (sql: string): Promise<ExecuteAnswer> => this.#executeNow({ bound: { sql, parameterSets: [] }, sql, parameters: {} }, undefined, { ...options, idempotent: false });
    await command(`savepoint ${name}`);
    try {
      const result = await run();
      await command(`release savepoint ${name}`);
      return result;
    } catch (error) {
      await this.#undoTo(() => command(`rollback to savepoint ${name}`), error);
      throw error;
    }
  }

  #executeNow({ bound, sql, parameters }: RunnableStatement, decode: DecodeRequest | undefined, options: StatementOptions): Promise<ExecuteAnswer> {
    const [values = []] = bound.parameterSets;
    return this.#watched(() =>
      this.#context.transport.execute(
        { sql: bound.sql, parameters: values, transactionId: this.id, continueAfterTimeout: false, decode },
        callControl(this.#context, { operation: 'execute', sql, parameterNames: names(values), parameters, ...this.#common() }, options),
      ),
    );
  }

  async #watched<T>(run: () => Promise<T>): Promise<T> {
    if (this.#undone) throw new TransactionAbortedError('The database has undone the transaction: begin another.', { cause: this.#undone });
    try {
      const result = await this.noting(run);
      // An aborted transaction refuses everything until a savepoint is rolled back to, by whichever way: it is usable again.
      this.failure = undefined;
      return result;
    } catch (error) {
      const failed = DatabaseError.isInstance(error) || StatementTimeoutError.isInstance(error);
      if (failed && this.engine === 'postgresql') this.failure ??= error;
      if (this.engine === 'mysql' && DatabaseError.isInstance(error) && error.sqlState === '40001') {
        this.#undone = error;
        this.failure = error;
      }
      throw error;
    }
  }

  #common(): { readonly inTransaction: true; readonly idempotent: boolean; readonly signals: readonly AbortSignal[] } {
    return { inTransaction: true, idempotent: this.#options.idempotent, signals: [this.signal] };
  }

  #savepointName(): string {
    this.#savepoints += 1;
    return `ask_aurora_${this.#savepoints}`;
  }
}

function names(values: RunnableStatement['bound']['parameterSets'][number] | undefined): readonly string[] {
  return (values ?? []).map(({ name = '' }) => name);
}
