import { LocalAuroraError } from '../local-aurora-error.js';
import { connectionTls, type ConnectionTls } from './connection-tls.js';

/** A PostgreSQL and a role on it: a running local one, or a `postgresql://` URL. */
export type PostgresConnection =
  | { readonly host: string; readonly port: number; readonly adminUser: string; readonly adminPassword: string }
  | { readonly connectionString: string };

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls: ConnectionTls;
}

/** @throws {LocalAuroraError} `invalid-option`, when the URL is none of PostgreSQL's, or asks for an encryption that is not known */
export function parseServer(postgres: PostgresConnection): PostgresServer {
  if (!('connectionString' in postgres && typeof postgres.connectionString === 'string')) {
    const { host, port, adminUser, adminPassword } = postgres as Exclude<PostgresConnection, { readonly connectionString: string }>;
    return { host, port, user: adminUser, password: adminPassword, tls: false };
  }
  const url = URL.canParse(postgres.connectionString) ? new URL(postgres.connectionString) : undefined;
  if (url?.protocol !== 'postgresql:' && url?.protocol !== 'postgres:') {
    throw new LocalAuroraError('invalid-option', 'The connection string must be a URL such as postgresql://user:password@127.0.0.1:5432.');
  }
  return { host: url.hostname, port: Number(url.port || 5432), user: decodeURIComponent(url.username) || 'postgres', password: decodeURIComponent(url.password), tls: connectionTls(url) };
}
