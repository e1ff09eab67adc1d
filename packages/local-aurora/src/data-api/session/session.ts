import pg from 'pg';
import type { BoundStatement } from '../sql/bind-parameters.js';
import { sendCancelRequest } from './cancel-request.js';
import { type ResultLimits, StatementQuery, type StatementResult } from './statement-query.js';

/** Where and as whom a session connects. */
export interface SessionTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Settings that Aurora's sessions have and the text of values depends on; given at start, DISCARD ALL returns to them. */
const sessionOptions = '-c client_encoding=UTF8 -c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c bytea_output=hex -c extra_float_digits=1';
const connectDeadlineMs = 15_000;
const closeDeadlineMs = 3_000;
const noLimits: ResultLimits = { responseBytes: 16 * 1024 * 1024, rowBytes: null };

/** One PostgreSQL session. It runs one statement at a time; its caller sees to that. */
export class Session {
  #broken = false;
  #secretKey: number | undefined;
  #processId = 0;
  #running = 0;

  private constructor(
    private readonly client: pg.Client,
    readonly target: SessionTarget,
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
  static async open(target: SessionTarget): Promise<Session> {
    const client = new pg.Client({ ...target, application_name: 'ask-aurora-data-api', options: sessionOptions, connectionTimeoutMillis: connectDeadlineMs, ssl: false });
    const session = new Session(client, target);
    await client.connect();
    return session;
  }

  /** The backend's process id, which the service calls the database connection id. */
  get processId(): number {
    return this.#processId;
  }

  /** False once the connection has failed or ended. */
  get usable(): boolean {
    return !this.#broken;
  }

  /** Idle, in a transaction, or in a failed transaction. */
  get transactionStatus(): 'I' | 'T' | 'E' {
    return this.client.getTransactionStatus() ?? 'I';
  }

  /** Runs one statement. @throws PostgreSQL's error or the connection's fault */
  run(statement: BoundStatement, limits: ResultLimits = noLimits): Promise<StatementResult> {
    this.#running += 1;
    return new Promise<StatementResult>((resolve, reject) => {
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

  /** Runs SQL without parameters and result. */
  async command(text: string): Promise<void> {
    await this.run({ text, oids: [], values: [] });
  }

  /** Asks PostgreSQL to stop the running statement, which then fails with 57014. */
  async cancel(): Promise<void> {
    if (this.#secretKey === undefined || this.#broken || this.#running === 0) return;
    await sendCancelRequest({ host: this.target.host, port: this.target.port, processId: this.#processId, secretKey: this.#secretKey });
  }

  /** Makes the session as new: no transaction, no setting, no cursor, no temporary table, no lock. */
  async reset(): Promise<void> {
    if (this.transactionStatus !== 'I') await this.command('ROLLBACK');
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
