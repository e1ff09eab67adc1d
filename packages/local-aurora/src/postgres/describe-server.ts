import pg from 'pg';
import type { Credentials } from './initialize-cluster.js';
import type { LocalPostgres } from './local-postgres.js';
import type { PostgresVersion } from './postgres-version.js';

export interface ServerParts {
  readonly version: PostgresVersion;
  readonly dataDirectory: string;
  readonly credentials: Credentials;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** A running server as callers see it. */
export function describeServer({ version, dataDirectory, credentials, port, pid, stop }: ServerParts): LocalPostgres {
  const connectionString: LocalPostgres['connectionString'] = ({ database = 'postgres', user = credentials.user, password = credentials.password } = {}) =>
    `postgresql://${[user, password].map(encodeURIComponent).join(':')}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  let stopping: Promise<void> | undefined;
  return {
    version,
    host: '127.0.0.1',
    port,
    pid,
    adminUser: credentials.user,
    adminPassword: credentials.password,
    dataDirectory,
    connectionString,
    createDatabase: (name) => createDatabase(connectionString(), name),
    stop: () => (stopping ??= stop()),
  };
}

const connectWithin = 10_000;

async function createDatabase(connectionString: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectWithin });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: unknown) => {
      // Two callers at once: one of them finds the name in the catalog's unique index instead.
      const duplicate = error instanceof pg.DatabaseError && (error.code === '42P04' || (error.code === '23505' && error.constraint === 'pg_database_datname_index'));
      if (!duplicate) throw error;
    });
  } finally {
    await client.end();
  }
}
