import type { CallOptions } from '../client/query-options.js';

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions extends CallOptions {
  /**
   * On Aurora MySQL only the level that sessions have anyway: another one is refused, as MySQL would not take it.
   * @default the database's own, as a rule read committed; on Aurora MySQL repeatable read
   */
  readonly isolation?: IsolationLevel;
  /** @default false */
  readonly readOnly?: boolean;
  /**
   * Settings that hold until the transaction ends. PostgreSQL: by `set_config(name, value, true)`, the way to row-level security, as
   * policies read them with `current_setting('app.tenant')`. MySQL: user variables (`` @`app.tenant` ``), set to null before the end.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** Milliseconds after which the database cancels a statement. MySQL: only a SELECT (`max_execution_time`). */
  readonly statementTimeoutMs?: number;
  /**
   * Milliseconds for the whole transaction, its function included; then it is rolled back.
   * @default none: the Data API ends a transaction after 24 hours, or 3 minutes without a statement
   */
  readonly timeoutMs?: number;
  /**
   * Set a savepoint before each statement, so that a statement that fails leaves the transaction usable. Costs two more requests each.
   * @default false
   */
  readonly savepoints?: boolean;
  /**
   * How often the whole transaction is run again after a serialization failure or a deadlock (SQLSTATE 40001, 40P01).
   * The database has undone it then; what the function did elsewhere it has not.
   * @default 0
   */
  readonly retries?: number;
}

/** Options of `readOnly`. */
export type ReadOnlyOptions = Omit<TransactionOptions, 'readOnly' | 'savepoints' | 'retries'>;
