import type * as mysql2 from 'mysql2';
import { LocalAuroraError } from '../../local-aurora-error.js';

export type MysqlDriver = typeof mysql2;

/** mysql2 is an optional peer: who serves PostgreSQL only need not install it. @throws {LocalAuroraError} `driver-missing` */
export async function loadMysqlDriver(): Promise<MysqlDriver> {
  try {
    const loaded = (await import('mysql2')) as MysqlDriver & { readonly default?: MysqlDriver };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new LocalAuroraError('driver-missing', 'To serve a MySQL the package mysql2 is needed: npm install --save-dev mysql2', { cause });
  }
}
