import type { QueryOptions } from '../client/query-options.js';
import type { StandardSchema } from '../validation/standard-schema.js';

export interface StreamOptions extends Omit<QueryOptions, 'continueAfterTimeout' | 'idempotent'> {
  /**
   * Aurora MySQL, where it is needed and decides the order: columns of the result that together are unique and never null.
   * Each page is asked for behind the last key of the one before, so an index on the key makes it fast. Unique means unique for
   * the database: in a collation that ignores case, `a` and `A` are one.
   */
  readonly key?: readonly string[];
  /**
   * Rows of the first page. Later pages are sized by what the rows weigh; a page over the limit is read again in halves.
   * @default 100
   */
  readonly pageSize?: number;
  /** @default 10_000 */
  readonly maxPageSize?: number;
  /**
   * Settings of the transaction that holds the cursor, as in `transaction`; not used inside a transaction.
   */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface ValidatedStreamOptions<S extends StandardSchema> extends Omit<StreamOptions, 'schema'> {
  readonly schema: S;
}
