/** A column of a result: the property of the rows that holds it, and PostgreSQL's name of its type, for example `int4`. */
export interface DatabaseColumn {
  readonly key: string;
  readonly typeName: string;
}

/** One result. */
export interface DatabaseResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly columns: readonly DatabaseColumn[];
}

/** A transaction that can only read. */
export interface ReadOnlyTransaction {
  query(sql: string, parameters?: Readonly<Record<string, string | number | boolean | null>>, options?: { readonly signal?: AbortSignal }): Promise<DatabaseResult>;
}

/** What a read-only transaction is opened with. */
export interface ReadOnlyTransactionOptions {
  /** Set with `set_config(name, value, true)`: bound values, gone at the end of the transaction. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `SET LOCAL statement_timeout`, in milliseconds. */
  readonly statementTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The part of `@ask-aurora/data-api-client`'s `DataApiClient` that executing needs: a transaction that always ends in ROLLBACK. */
export interface ReadOnlyDatabase {
  readOnly<T>(options: ReadOnlyTransactionOptions, work: (transaction: ReadOnlyTransaction) => Promise<T>): Promise<T>;
}
