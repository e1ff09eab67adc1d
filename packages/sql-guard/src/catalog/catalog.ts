/** What one PostgreSQL major offers out of `pg_catalog` to a statement that only reads. Names are exact, as the parser reports them. */
export interface Catalog {
  readonly major: 16 | 17 | 18;
  /** Functions whose every overload only computes. */
  readonly functions: ReadonlySet<string>;
  /** The aggregates among `functions`. */
  readonly aggregates: ReadonlySet<string>;
  /** Functions that accept a whole row as their one argument, so that `relation.name` may call them. */
  readonly rowFunctions: ReadonlySet<string>;
  /** Columns of a call in FROM; `null` when they depend on the arguments; absent for a function of one scalar. */
  readonly outputColumns: ReadonlyMap<string, readonly string[] | null>;
  readonly operators: ReadonlySet<string>;
  /** Types that a cast may name. */
  readonly types: ReadonlySet<string>;
}

/** A set from a space-separated list, the shape generated files use to stay small. */
export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
