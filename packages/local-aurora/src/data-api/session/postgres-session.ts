import pg from 'pg';
import type { ConnectionTls } from '../connection-tls.js';
import { columnMetadata } from '../result/column-metadata.js';
import { type BoundStatement, plainStatement } from '../sql/bound-statement.js';
import type { TypeCatalog } from '../types/type-catalog.js';
import { sendCancelRequest } from './cancel-request.js';
import type { ResultLimits, Session, SessionTarget, StatementResult } from './session.js';
import { type QueryResult, StatementQuery } from './statement-query.js';

/** Settings that Aurora's sessions have and the text of values depends on; given at start, DISCARD ALL returns to them. */
const sessionOptions = '-c client_encoding=UTF8 -c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c bytea_output=hex -c extra_float_digits=1';
const connectDeadlineMs = 15_000;
const closeDeadlineMs = 3_000;
const noLimits: ResultLimits = { responseBytes: 16 * 1024 * 1024, rowBytes: null };

/** One PostgreSQL session. */
export class PostgresSession implements Session {
  #broken = false;
  #secretKey: number | undefined;
  #processId = 0;
  #running = 0;

  private constructor(
    private readonly client: pg.Client,
    readonly target: SessionTarget,
    private readonly catalog: TypeCatalog,
  ) {
    client.on('error', () => {
      this.#broken = true;
    });
    client.on('end', () => {
      this.#broken = true;
    });
    client.connection.once('backendKeyData', ({ processID, secretKey }: { readonly processID: number; readonly secretKey: number }) => {
      this.#processId = processID;
      this.#secretKey = secretKey;
    });
  }

  /** @throws what PostgreSQL answered, such as 28P01 or 3D000, or the socket's fault */
  static async open(target: SessionTarget, catalog: TypeCatalog, tls: ConnectionTls): Promise<PostgresSession> {
    const client = new pg.Client({ ...target, application_name: 'ask-aurora-data-api', options: sessionOptions, connectionTimeoutMillis: connectDeadlineMs, ssl: tls });
    const session = new PostgresSession(client, target, catalog);
    await client.connect();
    return session;
  }

  get processId(): number {
    return this.#processId;
  }

  get usable(): boolean {
    return !this.#broken;
  }

  get inTransaction(): boolean {
    return (this.client.getTransactionStatus() ?? 'I') !== 'I';
  }

  async run(statement: BoundStatement, limits: ResultLimits): Promise<StatementResult> {
    const result = await this.query(statement, limits);
    if (/^(?:ALTER|CREATE|DROP)/.test(result.tag)) this.catalog.clear();
    const columns = result.columns ?? [];
    const types = () => this.catalog.resolve(this, columns);
    return {
      labels: result.columns?.map(({ name }) => name) ?? null,
      rows: result.rows,
      rowsAffected: result.rowsAffected,
      generatedKey: null,
      ended: result.tag === 'COMMIT' || result.tag === 'ROLLBACK' ? result.tag : null,
      overflow: result.overflow,
      types,
      metadata: async () => columnMetadata(this, columns, await types()),
    };
  }

  /** Runs one statement and returns what PostgreSQL sent, as it sent it. */
  query(statement: BoundStatement, limits: ResultLimits = noLimits): Promise<QueryResult> {
    this.#running += 1;
    return new Promise<QueryResult>((resolve, reject) => {
      const query = new StatementQuery(statement, limits, {
        done: (result) => this.#whenReady(() => resolve(result)),
        failed: (error) => this.#whenReady(() => reject(error)),
        flood: () => void this.cancel(),
      });
      this.client.query(query as unknown as pg.Submittable);
    }).finally(() => {
      this.#running -= 1;
    });
  }

  async command(text: string): Promise<void> {
    await this.query(plainStatement(text));
  }

  /** The statement then fails with 57014. */
  async cancel(): Promise<void> {
    if (this.#secretKey === undefined || this.#broken || this.#running === 0) return;
    await sendCancelRequest({ host: this.target.host, port: this.target.port, processId: this.#processId, secretKey: this.#secretKey });
  }

  async reset(): Promise<void> {
    if (this.inTransaction) await this.command('ROLLBACK');
    await this.command('DISCARD ALL');
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.client.connection.stream.destroy();
        resolve();
      }, closeDeadlineMs);
    });
    await Promise.race([this.client.end().catch(() => undefined), late]);
    clearTimeout(timer);
    this.#broken = true;
  }

  /** PostgreSQL reports an error before it is ready again; a caller must see the transaction status of after. */
  #whenReady(action: () => void): void {
    if (this.#broken || (this.client as unknown as { readonly readyForQuery: boolean }).readyForQuery) {
      action();
      return;
    }
    const settle = () => {
      this.client.off('drain', settle);
      this.client.off('end', settle);
      action();
    };
    this.client.on('drain', settle);
    this.client.on('end', settle);
  }
}
