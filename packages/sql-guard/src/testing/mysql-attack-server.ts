import { readFileSync } from 'node:fs';
import { startInstalledMysql } from '@ask-aurora/local-aurora';
import { createConnection, type Connection, type ConnectionOptions } from 'mysql2/promise';

/** A throw-away MySQL with the databases of `attacks/mysql/setup.sql`. */
export interface MysqlAttackServer {
  /** As the server tells it, such as `9.7.4`. */
  readonly version: string;
  /** The one directory whose files the server may read and write. */
  readonly files: string;
  connect(options?: ConnectionOptions): Promise<Connection>;
  /** Makes the databases anew. */
  setUp(): Promise<void>;
  stop(): Promise<void>;
}

const setup = readFileSync(new URL('../../attacks/mysql/setup.sql', import.meta.url), 'utf8');

/**
 * Starts the MySQL that is installed; null without one. A MariaDB does not do: it lacks the collation of tenant filters, and other attacks
 * work on it. Neither does a server of somebody's: attacks drop databases and stop servers.
 */
export async function startMysqlAttackServer(): Promise<MysqlAttackServer | null> {
  const mysql = await startInstalledMysql({ mysqlOnly: true, deadlineMs: 180_000 });
  if (mysql === undefined) {
    process.stderr.write('Tests of the guard on a running MySQL are skipped: install mysqld 8.0.17 or later (a MariaDB does not do).\n');
    return null;
  }
  const { hostname: host, port, username: user, password } = new URL(mysql.connectionString);
  const connect = (options: ConnectionOptions = {}): Promise<Connection> =>
    createConnection({ host, port: Number(port), user, password: decodeURIComponent(password), database: 'shop', charset: 'utf8mb4', supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, rowsAsArray: true, ...options });
  const setUp = async (): Promise<void> => {
    const admin = await connect({ database: 'mysql', multipleStatements: true });
    await admin.query(setup);
    await admin.end();
  };
  try {
    await setUp();
    const admin = await connect();
    const [rows] = await admin.query('SELECT SUBSTRING_INDEX(VERSION(), "-", 1), @@secure_file_priv');
    await admin.end();
    const [version = '', files = ''] = (rows as string[][])[0] ?? [];
    return { version, files, connect, setUp, stop: () => mysql.stop() };
  } catch (error) {
    await mysql.stop();
    throw error;
  }
}
