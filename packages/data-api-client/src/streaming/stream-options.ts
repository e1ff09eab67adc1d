import type { QueryOptions } from '../client/query-options.js';
import type { StandardSchema } from '../validation/standard-schema.js';

export interface StreamOptions extends Omit<QueryOptions, 'continueAfterTimeout' | 'idempotent'> {
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
