import type { Violation } from './violation.js';

export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

/** A column that the statement reads. `column` is `*` where a whole row of a relation with no column list in the policy is read. */
export interface ColumnName {
  readonly schema: string;
  readonly relation: string;
  readonly column: string;
}

export interface ParameterName {
  /** Without the colon; the digits for `$1`. */
  readonly name: string;
}

/** A statement that is one read inside the policy. */
export interface GuardedStatement {
  /** The text to run: as given after `check`, rewritten after `enforce`. */
  readonly sql: string;
  /** Tables and views named by the statement, sorted, without its common table expressions. */
  readonly relations: readonly RelationName[];
  readonly columns: readonly ColumnName[];
  /** Functions called, as written (`lower`, `pg_catalog.timezone`), sorted. */
  readonly functions: readonly string[];
  readonly operators: readonly string[];
  readonly parameters: readonly ParameterName[];
  /**
   * Rows that the caller may show. After `enforce`, a result of more than `rowLimit` rows is a truncated one
   * (the rewritten statement asks for one row more than the cap). `null` when nothing caps the rows.
   */
  readonly rowLimit: number | null;
  /** Sixteen hexadecimal digits, equal for statements that differ only in constants, spacing and comments. Not a security token. */
  readonly fingerprint: string;
}

export type Verdict =
  | { readonly ok: true; readonly statement: GuardedStatement }
  | { readonly ok: false; readonly violations: readonly Violation[] };
