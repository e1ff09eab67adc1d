import { LocalAuroraError } from '../local-aurora-error.js';

// Who can connect, and how, is not open to configuration: these would undo it.
const reserved = new Set(['listen_addresses', 'port', 'unix_socket_directories', 'data_directory', 'config_file', 'hba_file', 'ident_file', 'external_pid_file', 'password_encryption']);

const fixed: Readonly<Record<string, string>> = { listen_addresses: '127.0.0.1', unix_socket_directories: '', password_encryption: 'scram-sha-256' };

const defaults: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One machine, no replicas: no write-ahead log beyond what crash recovery needs.
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const whenTemporary: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** @throws {LocalAuroraError} `invalid-option` for what is no setting, or one that is fixed */
export function checkSettings(settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!/^[a-z_]+(\.[a-z_]+)?$/i.test(name) || /[\0\n\r]/.test(value)) throw new LocalAuroraError('invalid-option', `Not a PostgreSQL setting: ${JSON.stringify(name)}.`);
    if (reserved.has(name.toLowerCase())) throw new LocalAuroraError('invalid-option', `The setting ${name} is fixed: the server listens on 127.0.0.1 only and takes SCRAM passwords.`);
  }
}

export interface ServerArgumentsOptions {
  readonly cluster: string;
  readonly port: number;
  readonly temporary: boolean;
  /** Checked by checkSettings. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/**
 * The server's arguments. Settings travel on the command line, where neither the cluster's files nor ALTER SYSTEM can
 * override them. Durability is given up only for a temporary cluster.
 */
export function serverArguments({ cluster, port, temporary, settings }: ServerArgumentsOptions): readonly string[] {
  const all = { ...defaults, ...(temporary ? whenTemporary : {}), ...settings, ...fixed };
  return ['-D', cluster, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
