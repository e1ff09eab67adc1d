/** A column of a result. */
export interface Column {
  /** The column's label: its name, or its alias in the statement. */
  readonly name: string;
  /** The property under which rows carry the value: `name`, with `_2`, `_3`, .. added when an earlier column has that name. */
  readonly key: string;
  /** The database's type name, for example `int4`, `_text` (an array of text), `BIGINT UNSIGNED`. */
  readonly typeName: string;
  /** The table the column comes from; empty for an expression. */
  readonly tableName: string;
  /** Null when the service does not know. */
  readonly nullable: boolean | null;
  /** Total digits of a numeric, characters of a text; the service's own figure. */
  readonly precision: number;
  /** Digits after the point. */
  readonly scale: number;
}
