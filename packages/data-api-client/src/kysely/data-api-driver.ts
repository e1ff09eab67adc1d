import type { DatabaseConnection, Driver, TransactionSettings } from 'kysely';
import type { DataApiClient } from '../client/data-api-client.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { IsolationLevel, TransactionOptions } from '../transaction/transaction-options.js';
import { DataApiConnection } from './data-api-connection.js';

/** The Data API has no connections: one of Kysely's is a client, and holds a transaction while there is one. */
export class DataApiDriver implements Driver {
  readonly #client: DataApiClient;

  constructor(client: DataApiClient) {
    this.#client = client;
  }

  async init(): Promise<void> {
    // Nothing is opened before the first statement.
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new DataApiConnection(this.#client));
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await ours(connection).begin(transactionOptions(settings));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await ours(connection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await ours(connection).rollback();
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).command('savepoint', name);
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).command('rollback to savepoint', name);
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).command('release savepoint', name);
  }

  async releaseConnection(): Promise<void> {
    // There is nothing to give back.
  }

  async destroy(): Promise<void> {
    // The client belongs to whoever made it.
  }
}

function ours(connection: DatabaseConnection): DataApiConnection {
  if (connection instanceof DataApiConnection) return connection;
  throw new ConfigurationError('The connection was not acquired from this driver.');
}

const isolationLevels: ReadonlySet<string> = new Set<IsolationLevel>(['read committed', 'repeatable read', 'serializable']);

function transactionOptions({ isolationLevel, ...rest }: TransactionSettings): TransactionOptions {
  const { accessMode } = rest as { readonly accessMode?: string };
  // PostgreSQL treats read uncommitted as read committed; snapshot is SQL Server's.
  const isolation = isolationLevel === 'read uncommitted' ? 'read committed' : isolationLevel;
  if (isolation !== undefined && !isolationLevels.has(isolation)) throw new ConfigurationError(`PostgreSQL has no isolation level ${isolation}.`);
  return { ...(isolation === undefined ? {} : { isolation: isolation as IsolationLevel }), ...(accessMode === 'read only' ? { readOnly: true } : {}) };
}
