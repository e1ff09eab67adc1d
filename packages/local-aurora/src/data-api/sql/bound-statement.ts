/** A statement as its session takes it. */
export interface BoundStatement {
  readonly text: string;
  /** PostgreSQL: the declared types of the parameters, in placeholder order. */
  readonly oids: readonly number[];
  /** PostgreSQL: their values. MySQL's are part of the text. */
  readonly values: readonly (string | Buffer | null)[];
  /** MySQL: the text holds a semicolon with more behind it. */
  readonly several?: boolean;
}

/** A statement without parameters. */
export function plainStatement(text: string): BoundStatement {
  return { text, oids: [], values: [] };
}
