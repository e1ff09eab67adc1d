import type { Engine } from './engine.js';
import { parseServer, type PostgresConnection } from './postgres-server.js';
import { PostgresSession } from './session/postgres-session.js';
import { bindParameters } from './sql/bind-parameters.js';
import { scanParameters } from './sql/scan-parameters.js';
import { TypeCatalog } from './types/type-catalog.js';

/** @throws {LocalAuroraError} `invalid-option`, when the URL is none of PostgreSQL's */
export function createPostgresEngine(postgres: PostgresConnection): Engine {
  const catalog = new TypeCatalog();
  const { tls, ...server } = parseServer(postgres);
  return {
    ...server,
    // PostgreSQL's own default.
    defaultDatabase: (user) => user,
    prepare(sql) {
      const scanned = scanParameters(sql);
      return (parameters) => bindParameters(scanned, parameters);
    },
    open: (target) => PostgresSession.open(target, catalog, tls),
  };
}
