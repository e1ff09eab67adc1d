import type { Connection, ResultSetHeader } from 'mysql2';
import { drainFactor } from '../session/statement-query.js';
import type { ResultLimits, Row, StatementResult } from '../session/session.js';
import type { BoundStatement } from '../sql/bound-statement.js';
import type { DataType } from '../types/data-type.js';
import { type MysqlColumn, mysqlColumnMetadata, mysqlType } from './mysql-column.js';
import { mysqlValueText } from './mysql-value-text.js';

type RawRow = readonly (Buffer | null)[];

export interface MysqlQueryEvents {
  /** Is told the server's status flags, whenever it sends them with the end of a statement. */
  readonly status: (flags: number) => void;
  /** The result is so large that the statement should be stopped. */
  readonly flood: () => void;
}

/** What a row and a value cost beside the text, which is what PostgreSQL's protocol takes. */
const rowBytes = 2;
const valueBytes = 4;
const interrupted = 1317;
const plainText: Pick<DataType, 'kind' | 'name'> = { kind: 'string', name: 'VARCHAR' };

/** Runs one statement by MySQL's text protocol; every value stays as it was sent. @throws MySQL's error */
export function runMysqlQuery(connection: Connection, { text }: BoundStatement, limits: ResultLimits, events: MysqlQueryEvents): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    const collected = new Collected(limits, events);
    let failed = false;
    connection
      .query({ sql: text, rowsAsArray: true, typeCast: false })
      .on('fields', (columns: unknown) => {
        if (Array.isArray(columns)) collected.describe(columns as readonly MysqlColumn[]);
      })
      .on('result', (result: unknown) => {
        if (Array.isArray(result)) collected.add(result as RawRow);
        else collected.finish(result as ResultSetHeader);
      })
      .on('error', (error: unknown) => {
        failed = true;
        const stopped = typeof error === 'object' && error !== null && 'errno' in error && error.errno === interrupted;
        if (stopped && collected.overflow === 'result') resolve(collected.result(text));
        else reject(error as Error);
      })
      .on('end', () => {
        if (!failed) resolve(collected.result(text));
      });
  });
}

class Collected {
  overflow: 'result' | 'row' | null = null;
  #columns: readonly MysqlColumn[] | null = null;
  #types: readonly DataType[] = [];
  #header: ResultSetHeader | undefined;
  /** Of a procedure's results, only the first is returned. */
  #sets = 0;
  #bytes = 0;
  readonly #rows: Row[] = [];

  constructor(
    private readonly limits: ResultLimits,
    private readonly events: MysqlQueryEvents,
  ) {}

  describe(columns: readonly MysqlColumn[]): void {
    this.#sets += 1;
    if (this.#sets > 1) return;
    this.#columns = columns;
    this.#types = columns.map(mysqlType);
  }

  add(values: RawRow): void {
    if (this.#sets > 1) return;
    const bytes = values.reduce((sum, value) => sum + valueBytes + (value?.length ?? 0), rowBytes);
    const before = this.#bytes;
    this.#bytes += bytes;
    if (this.limits.rowBytes !== null && bytes > this.limits.rowBytes) this.overflow ??= 'row';
    if (this.#bytes > this.limits.responseBytes) this.overflow ??= 'result';
    if (this.overflow === null) {
      this.#rows.push(values.map((value, index) => (value === null ? null : mysqlValueText(this.#types[index] ?? plainText, value))));
      return;
    }
    this.#rows.length = 0;
    const flood = this.limits.responseBytes * drainFactor;
    if (before <= flood && this.#bytes > flood) this.events.flood();
  }

  finish(header: ResultSetHeader): void {
    this.#header = header;
    this.events.status(Number(header.serverStatus));
  }

  result(text: string): StatementResult {
    const columns = this.#columns;
    const ended = /^\s*(commit|rollback)\s*;?\s*$/i.exec(text)?.[1]?.toUpperCase();
    const key = String(this.#header?.insertId ?? 0);
    return {
      labels: columns?.map(({ name }) => name) ?? null,
      rows: this.#rows,
      rowsAffected: columns === null ? Number(this.#header?.affectedRows ?? 0) : 0,
      generatedKey: key === '0' ? null : key,
      ended: ended === 'COMMIT' || ended === 'ROLLBACK' ? ended : null,
      overflow: this.overflow,
      types: () => Promise.resolve(this.#types),
      metadata: () => Promise.resolve((columns ?? []).map(mysqlColumnMetadata)),
    };
  }
}
