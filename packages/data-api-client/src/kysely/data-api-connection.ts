import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { DataApiClient } from '../client/data-api-client.js';
import type { Queries } from '../client/queries.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { ParameterValue } from '../parameters/parameter-value.js';
import { sql } from '../sql/sql.js';
import type { TransactionOptions } from '../transaction/transaction-options.js';
import type { ManualTransaction } from '../transaction/transaction.js';

const changingKinds: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode']);

const withoutCursors = "Aurora MySQL has no cursors for Kysely's stream(), and pages need a key: use streamByKey(client, query, { key: ['id'] }) with columns that together are unique and never null, in whose order the rows then come.";

/** Runs Kysely's compiled queries, in a transaction while one is open. */
export class DataApiConnection implements DatabaseConnection {
  readonly #client: DataApiClient;
  #transaction: ManualTransaction | undefined;

  constructor(client: DataApiClient) {
    this.#client = client;
  }

  async begin(options: TransactionOptions): Promise<void> {
    this.#transaction = await this.#client.begin(options);
  }

  async commit(): Promise<void> {
    await this.#open.commit();
    this.#transaction = undefined;
  }

  /** Kysely asks for it after a commit that failed, too; what it throws would hide why. */
  async rollback(): Promise<void> {
    const transaction = this.#open;
    this.#transaction = undefined;
    await transaction.rollback();
  }

  /** Runs a savepoint command. */
  async command(text: string, name: string): Promise<void> {
    const identifier = this.#client.engine === 'postgresql' ? sql.identifier(name) : sql.identifier.mysql(name);
    await this.#queries.execute(sql`${sql.raw(text)} ${identifier}`);
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#client.engine === 'mysql' && compiled.query.kind === 'InsertQueryNode') return this.#insertIntoMysql(compiled);
    const { rows, columns, rowCount } = await this.#queries.query<R>(compiled.sql, compiled.parameters as readonly ParameterValue[]);
    const changes = changingKinds.has(compiled.query.kind) || columns.length === 0;
    return changes ? { rows, numAffectedRows: BigInt(rowCount) } : { rows };
  }

  async *streamQuery<R>(compiled: CompiledQuery, chunkSize = 100): AsyncIterableIterator<QueryResult<R>> {
    if (this.#client.engine === 'mysql') throw new ConfigurationError(withoutCursors);
    let chunk: R[] = [];
    for await (const row of this.#queries.stream<R>(compiled.sql, compiled.parameters as readonly ParameterValue[], { pageSize: chunkSize })) {
      chunk.push(row);
      if (chunk.length >= chunkSize) {
        yield { rows: chunk };
        chunk = [];
      }
    }
    if (chunk.length > 0) yield { rows: chunk };
  }

  async #insertIntoMysql<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const { rowCount, generatedValues } = await this.#queries.execute(compiled.sql, compiled.parameters as readonly ParameterValue[]);
    const [id] = generatedValues;
    const numeric = typeof id === 'number' || typeof id === 'bigint' || (typeof id === 'string' && /^\d+$/u.test(id));
    return { rows: [], numAffectedRows: BigInt(rowCount), ...(numeric ? { insertId: BigInt(id) } : {}) };
  }

  get #queries(): Queries {
    return this.#transaction ?? this.#client;
  }

  get #open(): ManualTransaction {
    if (!this.#transaction) throw new ConfigurationError('There is no transaction to end.');
    return this.#transaction;
  }
}
