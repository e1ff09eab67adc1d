import type { AuroraEngine } from './aurora-database.js';

/**
 * No connection without TLS. The Data API has it anyway; this is for whoever else is let in, on versions whose default
 * is to allow both. MySQL also records who connected and what was changed in the schema, in the log that is exported.
 */
export function clusterParameters(engine: AuroraEngine): Record<string, string> {
  return engine.dialect === 'postgresql'
    ? { 'rds.force_ssl': '1' }
    : { require_secure_transport: 'ON', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DDL' };
}
