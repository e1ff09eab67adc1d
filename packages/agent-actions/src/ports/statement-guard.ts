/** Why a statement was refused; offsets are UTF-16 positions in the statement as it was given. */
export interface GuardViolation {
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly start: number;
  readonly end: number;
}

/** What the guard says of a statement that it lets through. `sql` is the text to run: rewritten, with the row limit in it. */
export interface AcceptedStatement {
  readonly sql: string;
  readonly relations: readonly { readonly schema: string; readonly name: string }[];
  readonly parameters: readonly { readonly name: string }[];
  readonly rowLimit: number | null;
  readonly fingerprint: string;
}

/** The guard's decision. */
export type GuardDecision =
  | { readonly ok: true; readonly statement: AcceptedStatement }
  | { readonly ok: false; readonly violations: readonly GuardViolation[] };

/** The part of `@ask-aurora/sql-guard`'s `Guard` that executing needs. */
export interface StatementGuard {
  readonly policy: { readonly searchPath: readonly string[]; readonly maxRows: number | null; readonly tenantFilters?: readonly { readonly value: string }[] };
  check(sql: string): GuardDecision;
  enforce(sql: string, context?: { readonly tenant?: Readonly<Record<string, string>>; readonly maxRows?: number }): GuardDecision;
}
