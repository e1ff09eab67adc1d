import type { PostgresVersion } from './postgres-version.js';

/** A running PostgreSQL that this process owns. */
export interface LocalPostgres {
  readonly version: PostgresVersion;
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** A superuser. */
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly dataDirectory: string;
  /** A `postgresql://` URL; the admin user and the database `postgres` unless told otherwise. */
  connectionString(options?: { readonly database?: string; readonly user?: string; readonly password?: string }): string;
  /** Makes the database unless it exists. */
  createDatabase(name: string): Promise<void>;
  /**
   * Stops the server, and removes a temporary data directory. Safe to call again.
   *
   * @throws {LocalAuroraError} `stop-failed` when the server still runs after 20 s
   */
  stop(): Promise<void>;
}
