import { LocalAuroraError } from '../../local-aurora-error.js';
import { connectionTls, type ConnectionTls } from '../connection-tls.js';
import type { Engine } from '../engine.js';
import { bindMysqlParameters } from './bind-mysql-parameters.js';
import { loadMysqlDriver } from './load-mysql-driver.js';
import { MysqlSession } from './mysql-session.js';
import { scanMysqlStatement } from './scan-mysql-statement.js';

/** @throws {LocalAuroraError} `invalid-option`, when the URL is none of MySQL's; `driver-missing` without mysql2 */
export async function createMysqlEngine(connectionString: string): Promise<Engine> {
  const { tls, ...server } = parseMysqlUrl(connectionString);
  const driver = await loadMysqlDriver();
  return {
    ...server,
    // MySQL's own default is none: a statement that needs one fails with 1046.
    defaultDatabase: () => '',
    prepare(sql) {
      const scanned = scanMysqlStatement(sql);
      return (parameters) => bindMysqlParameters(scanned, parameters);
    },
    open: (target) => MysqlSession.open(driver, target, tls),
  };
}

function parseMysqlUrl(connectionString: string): Pick<Engine, 'host' | 'port' | 'user' | 'password'> & { readonly tls: ConnectionTls } {
  const url = URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  if (url?.protocol !== 'mysql:' && url?.protocol !== 'mariadb:') {
    throw new LocalAuroraError('invalid-option', 'The connection string must be a URL such as mysql://user:password@127.0.0.1:3306.');
  }
  return { host: url.hostname, port: Number(url.port || 3306), user: decodeURIComponent(url.username) || 'root', password: decodeURIComponent(url.password), tls: connectionTls(url) };
}
