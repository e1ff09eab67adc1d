/** One column of a result, as PostgreSQL's RowDescription message gives it. */
export interface WireColumn {
  readonly name: string;
  /** The relation the column was read from, or 0 for an expression. */
  readonly tableID: number;
  /** The attribute number in that relation, or 0. */
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

export interface RowDescription {
  readonly fields: readonly WireColumn[];
}

export interface DataRow {
  /** Bytes of the message, its own length field of 4 included. */
  readonly length: number;
  readonly fields: readonly (string | null)[];
}

export interface CommandComplete {
  readonly text: string;
}

/** What this server uses of the connection object that `pg` hands to a query class of one's own. */
export interface ExtendedProtocol {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void;
  bind(message: { readonly portal: string; readonly statement: string; readonly values: readonly (string | Buffer | null)[] }): void;
  describe(message: { readonly type: 'P'; readonly name: string }): void;
  execute(message: { readonly portal: string }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
}
