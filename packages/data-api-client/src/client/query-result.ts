import type { Column } from '../decoding/column.js';

/** A row whose type nothing has said yet. */
export type Row = Readonly<Record<string, unknown>>;

export interface QueryResult<R = Row> {
  readonly rows: R[];
  readonly columns: readonly Column[];
  /** Rows returned, or, of a statement that returns none, rows changed. */
  readonly rowCount: number;
}

export interface ExecuteResult {
  /** Rows changed, as the service counts them. */
  readonly rowCount: number;
  /** Aurora MySQL: values of auto-increment columns. Aurora PostgreSQL gives none: use `returning` with `query`. */
  readonly generatedValues: readonly unknown[];
}
