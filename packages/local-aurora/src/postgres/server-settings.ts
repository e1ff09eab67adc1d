import { LocalAuroraError } from '../local-aurora-error.js';

// Who can connect, and how, is not open to configuration: these would undo it.
const reserved = new Set(['listen_addresses', 'port', 'unix_socket_directories', 'data_directory', 'config_file', 'hba_file', 'ident_file', 'external_pid_file', 'password_encryption']);

const always: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One machine, no replicas: no write-ahead log beyond what crash recovery needs.
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const whenTemporary: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * The server's arguments. Settings travel on the command line, where neither the cluster's files nor ALTER SYSTEM can
 * override them. Durability is given up only for a temporary cluster.
 *
 * @throws {LocalAuroraError} `invalid-option`
 */
export function serverArguments(options: { readonly cluster: string; readonly port: number; readonly temporary: boolean; readonly settings?: Readonly<Record<string, string>> | undefined }): readonly string[] {
  for (const [name, value] of Object.entries(options.settings ?? {})) {
    if (!/^[a-z_]+(\.[a-z_]+)?$/i.test(name) || /[\0\n\r]/.test(value)) throw new LocalAuroraError('invalid-option', `Not a PostgreSQL setting: ${JSON.stringify(name)}.`);
    if (reserved.has(name.toLowerCase())) throw new LocalAuroraError('invalid-option', `The setting ${name} is fixed: the server listens on 127.0.0.1 only and takes SCRAM passwords.`);
  }
  const settings = { ...(options.temporary ? whenTemporary : {}), ...options.settings, ...always };
  return ['-D', options.cluster, '-p', String(options.port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
