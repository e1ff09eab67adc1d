import type { QueryOptions } from '../client/query-options.js';
import type { Column } from '../decoding/column.js';

export interface BatchOptions extends Omit<QueryOptions, 'schema' | 'continueAfterTimeout'> {
  /**
   * Parameter sets in one request, at most; the size limit of a request (4 MiB) may make it fewer.
   * @default 1_000
   */
  readonly chunkSize?: number;
}

export interface BatchResult<R> {
  /** What `returning` gave, in the order of the sets. Empty without `returning`. */
  readonly rows: R[];
  readonly columns: readonly Column[];
  /** Rows that `returning` gave; null without it, because the Data API does not count the rows of a batch. */
  readonly rowCount: number | null;
  /** Aurora MySQL: values of auto-increment columns, as far as the service gives them: version 2 gives none for a batch. */
  readonly generatedValues: readonly unknown[];
  /** Requests that carried the sets. */
  readonly requests: number;
}
