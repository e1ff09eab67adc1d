import type { Connection, ConnectionOptions } from 'mysql2';
import { ServiceError } from '../service-error.js';
import type { ConnectionTls } from '../connection-tls.js';
import type { ResultLimits, Session, SessionTarget, StatementResult } from '../session/session.js';
import { type BoundStatement, plainStatement } from '../sql/bound-statement.js';
import type { MysqlDriver } from './load-mysql-driver.js';
import { isMysqlError } from './mysql-error.js';
import { runMysqlQuery } from './mysql-query.js';

const connectDeadlineMs = 15_000;
const closeDeadlineMs = 3_000;
const inTransactionFlag = 1;
const syntaxError = 1064;
const noLimits: ResultLimits = { responseBytes: 16 * 1024 * 1024, rowBytes: null };

/** Aurora's time zone is UTC unless a parameter group says otherwise. */
const sessionStart = "SET time_zone = '+00:00'";

/** One session of a MySQL or MariaDB. */
export class MysqlSession implements Session {
  #broken = false;
  #running = 0;
  #inTransaction = false;

  private constructor(
    private readonly driver: MysqlDriver,
    private readonly connection: Connection,
    readonly target: SessionTarget,
    private readonly tls: ConnectionTls,
  ) {
    for (const event of ['error', 'end'] as const) {
      connection.on(event, () => {
        this.#broken = true;
      });
    }
  }

  /** @throws what MySQL answered, such as 1045 or 1049, or the socket's fault */
  static async open(driver: MysqlDriver, target: SessionTarget, tls: ConnectionTls): Promise<MysqlSession> {
    const connection = driver.createConnection(connectionOptions(target, tls));
    const session = new MysqlSession(driver, connection, target, tls);
    await settled((done) => connection.connect(done));
    await session.command(sessionStart);
    return session;
  }

  get processId(): number {
    return this.connection.threadId;
  }

  get usable(): boolean {
    return !this.#broken;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  async run(statement: BoundStatement, limits: ResultLimits): Promise<StatementResult> {
    this.#running += 1;
    try {
      return await this.#query(statement, limits);
    } catch (error) {
      // A deadlock undoes the whole transaction, and only the answer to a statement that succeeds says whether one is open.
      if (this.#inTransaction && !this.#broken) await this.#query(plainStatement('DO 0'), noLimits).catch(() => undefined);
      if (statement.several === true && isMysqlError(error) && error.errno === syntaxError) throw new ServiceError('ValidationException', "Multistatements aren't supported");
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  async command(text: string): Promise<void> {
    await this.run(plainStatement(text), noLimits);
  }

  /** The statement then fails with 1317. */
  async cancel(): Promise<void> {
    if (this.#broken || this.#running === 0) return;
    const helper = this.driver.createConnection(connectionOptions({ ...this.target, database: '' }, this.tls));
    helper.on('error', () => undefined);
    await settled((done) => helper.query(`KILL QUERY ${this.processId}`, done)).catch(() => undefined);
    helper.destroy();
  }

  async reset(): Promise<void> {
    await settled((done) => this.connection.reset(done));
    this.#inTransaction = false;
    await this.command(sessionStart);
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeDeadlineMs);
    });
    await Promise.race([settled((done) => this.connection.end(done)).catch(() => undefined), late]);
    clearTimeout(timer);
    this.connection.destroy();
    this.#broken = true;
  }

  #query(statement: BoundStatement, limits: ResultLimits): Promise<StatementResult> {
    return runMysqlQuery(this.connection, statement, limits, {
      status: (flags) => {
        this.#inTransaction = (flags & inTransactionFlag) !== 0;
      },
      flood: () => void this.cancel(),
    });
  }
}

function connectionOptions({ database, ...target }: SessionTarget, tls: ConnectionTls): ConnectionOptions {
  return {
    ...target,
    ...(database === '' ? {} : { database }),
    ...(tls === false ? {} : { ssl: { ...tls, verifyIdentity: tls.rejectUnauthorized } }),
    charset: 'utf8mb4',
    connectTimeout: connectDeadlineMs,
    supportBigNumbers: true,
    bigNumberStrings: true,
    disableEval: true,
    // A statement must not make this process read its files.
    flags: ['-LOCAL_FILES'],
  };
}

/** A call of mysql2's, as a promise. */
function settled(start: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error as Error) : resolve()));
  });
}
