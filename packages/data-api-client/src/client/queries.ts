import type { BatchOptions, BatchResult } from '../batch/batch-options.js';
import type { Parameters } from '../parameters/parameter-value.js';
import type { Statement } from '../sql/resolve-statement.js';
import type { SqlInterpolation } from '../sql/sql.js';
import type { StreamOptions, ValidatedStreamOptions } from '../streaming/stream-options.js';
import type { SchemaOutput, StandardSchema } from '../validation/standard-schema.js';
import type { QueryOptions, StatementOptions, ValidatedQueryOptions } from './query-options.js';
import type { ExecuteResult, QueryResult, Row } from './query-result.js';

/**
 * The ways to run a statement; a client has them, and a transaction.
 *
 * A statement is SQL text with `:name` placeholders (or `$1`, MySQL `?`, with a list of parameters), or comes from the `sql` tag.
 */
export interface Queries {
  /**
   * Runs a statement and returns its rows.
   *
   * @throws DataApiError; `executed` says whether the statement took effect.
   */
  query<S extends StandardSchema>(statement: Statement, parameters: Parameters | undefined, options: ValidatedQueryOptions<S>): Promise<QueryResult<SchemaOutput<S>>>;
  query<R = Row>(statement: Statement, parameters?: Parameters, options?: QueryOptions): Promise<QueryResult<R>>;

  /**
   * Returns the only row.
   *
   * @throws RowCountError when there is none or more than one.
   */
  one<S extends StandardSchema>(statement: Statement, parameters: Parameters | undefined, options: ValidatedQueryOptions<S>): Promise<SchemaOutput<S>>;
  one<R = Row>(statement: Statement, parameters?: Parameters, options?: QueryOptions): Promise<R>;

  /**
   * Returns the only row, or undefined when there is none.
   *
   * @throws RowCountError when there is more than one.
   */
  maybeOne<S extends StandardSchema>(statement: Statement, parameters: Parameters | undefined, options: ValidatedQueryOptions<S>): Promise<SchemaOutput<S> | undefined>;
  maybeOne<R = Row>(statement: Statement, parameters?: Parameters, options?: QueryOptions): Promise<R | undefined>;

  /** Runs a statement whose rows, if it has any, are of no interest. */
  execute(statement: Statement, parameters?: Parameters, options?: StatementOptions): Promise<ExecuteResult>;

  /**
   * Runs a statement once for each set of parameters, in as few requests as the limits of the Data API allow.
   * All sets take effect, or none.
   */
  batch<R = Row>(statement: string, parameterSets: readonly Parameters[], options?: BatchOptions): Promise<BatchResult<R>>;

  /**
   * Reads any number of rows, page by page through a cursor of the server (Aurora MySQL: by `key`): neither the 1 MiB limit of a result nor memory bounds it.
   * A transaction is held open until the iteration ends; leaving the loop early ends it.
   */
  stream<S extends StandardSchema>(statement: Statement, parameters: Parameters | undefined, options: ValidatedStreamOptions<S>): AsyncGenerator<SchemaOutput<S>, void, undefined>;
  stream<R = Row>(statement: Statement, parameters?: Parameters, options?: StreamOptions): AsyncGenerator<R, void, undefined>;

  /** Runs a template; its `${values}` are sent as parameters. */
  sql<R = Row>(strings: TemplateStringsArray, ...interpolations: readonly SqlInterpolation[]): Promise<QueryResult<R>>;
}
