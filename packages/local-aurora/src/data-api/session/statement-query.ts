import type { BoundStatement } from '../sql/bound-statement.js';
import type { ResultLimits, Row } from './session.js';
import type { CommandComplete, DataRow, ExtendedProtocol, RowDescription, WireColumn } from './wire-messages.js';

/** What a statement gave back, in PostgreSQL's own text form. */
export interface QueryResult {
  /** Null when the statement returns no rows by nature (DDL, DML without RETURNING). */
  readonly columns: readonly WireColumn[] | null;
  readonly rows: readonly Row[];
  /** Rows that a DML statement changed; 0 for DDL. */
  readonly rowsAffected: number;
  /** The command tag, such as `INSERT 0 1`. */
  readonly tag: string;
  /** Set when rows were dropped because the result or one row was larger than allowed. */
  readonly overflow: 'result' | 'row' | null;
}

/** How far past its limit a result is read to its end, before the statement is cancelled. */
export const drainFactor = 16;
const messageLengthBytes = 4;

/**
 * One statement by the extended protocol, for `pg`'s `client.query`. It declares the parameter types in Parse, which
 * `pg` itself has no option for, and keeps every value as the text that PostgreSQL sent.
 */
export class StatementQuery {
  #columns: readonly WireColumn[] | null = null;
  readonly #rows: Row[] = [];
  #bytes = 0;
  #overflow: 'result' | 'row' | null = null;
  #copy: 'CopyInResponse' | 'CopyOutResponse' | null = null;
  #tag = '';
  #settled = false;

  constructor(
    private readonly statement: BoundStatement,
    private readonly limits: ResultLimits,
    private readonly events: { readonly done: (result: QueryResult) => void; readonly failed: (error: unknown) => void; readonly flood: () => void },
  ) {}

  submit(connection: ExtendedProtocol): void {
    const { text, oids, values } = this.statement;
    connection.stream.cork();
    try {
      connection.parse({ name: '', text, types: oids });
      connection.bind({ portal: '', statement: '', values });
      connection.describe({ type: 'P', name: '' });
      connection.execute({ portal: '' });
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#columns = fields;
  }

  handleDataRow({ length, fields }: DataRow): void {
    const rowBytes = length - messageLengthBytes;
    const before = this.#bytes;
    this.#bytes += rowBytes;
    if (this.limits.rowBytes !== null && rowBytes > this.limits.rowBytes) this.#overflow ??= 'row';
    if (this.#bytes > this.limits.responseBytes) this.#overflow ??= 'result';
    if (this.#overflow === null) {
      this.#rows.push(fields);
      return;
    }
    this.#rows.length = 0;
    const flood = this.limits.responseBytes * drainFactor;
    if (before <= flood && this.#bytes > flood) this.events.flood();
  }

  handleCommandComplete({ text }: CommandComplete): void {
    this.#tag = text;
  }

  handleEmptyQuery(): void {
    this.#tag = '';
  }

  handlePortalSuspended(): void {
    // Never sent: Execute asks for all rows.
  }

  handleCopyInResponse(connection: ExtendedProtocol): void {
    this.#copy = 'CopyInResponse';
    connection.sendCopyFail('the Data API has no way to receive data');
    // PostgreSQL ignores the Sync that came before it entered this mode.
    connection.sync();
  }

  handleCopyData(): void {
    this.#copy ??= 'CopyOutResponse';
  }

  handleError(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    if (this.#overflow === 'result' && isCancellation(error)) this.events.done(this.#result());
    else if (this.#copy === 'CopyInResponse') this.events.failed(new UnexpectedMessage(this.#copy));
    else this.events.failed(error);
  }

  handleReadyForQuery(): void {
    if (this.#settled) return;
    this.#settled = true;
    if (this.#copy !== null) this.events.failed(new UnexpectedMessage(this.#copy));
    else this.events.done(this.#result());
  }

  #result(): QueryResult {
    const affected = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(this.#tag)?.[1];
    return {
      columns: this.#columns,
      rows: this.#rows,
      rowsAffected: this.#columns === null && affected !== undefined ? Number(affected) : 0,
      tag: this.#tag,
      overflow: this.#overflow,
    };
  }
}

/** COPY to or from the client, which has no form in this API. */
export class UnexpectedMessage extends Error {
  constructor(message: string) {
    super(`execute: unexpected message: ${message}`);
    this.name = 'UnexpectedMessage';
  }
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}
