/** A column of a result: its label and its type's name as the database gives it (`int8`, `text`, `timestamptz`). */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}
