import {
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresQueryCompiler,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from 'kysely';
import type { DataApiClient } from '../client/data-api-client.js';
import { DataApiPostgresIntrospector } from './data-api-postgres-introspector.js';
import { DataApiDriver } from './data-api-driver.js';

export interface DataApiDialectOptions {
  /** The client to send queries through; its engine decides the SQL dialect. It is not closed by `destroy`. */
  readonly client: DataApiClient;
}

/**
 * A Kysely dialect on the RDS Data API, with transactions, savepoints and streaming.
 *
 * @example
 * const db = new Kysely<Database>({ dialect: new DataApiDialect({ client }) });
 * for await (const order of db.selectFrom('orders').selectAll().stream()) console.log(order);
 */
export class DataApiDialect implements Dialect {
  readonly #client: DataApiClient;

  constructor({ client }: DataApiDialectOptions) {
    this.#client = client;
  }

  createDriver(): Driver {
    return new DataApiDriver(this.#client);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#client.engine === 'postgresql' ? new PostgresQueryCompiler() : new MysqlQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return this.#client.engine === 'postgresql' ? new PostgresAdapter() : new MysqlAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return this.#client.engine === 'postgresql' ? new DataApiPostgresIntrospector(db) : new MysqlIntrospector(db);
  }
}
