import { readFileSync } from 'node:fs';
import { LocalAuroraError } from '../local-aurora-error.js';

/** How the connection to a database is encrypted, as node:tls takes it; `false` for not at all. */
export type ConnectionTls = false | { readonly rejectUnauthorized: boolean; readonly ca?: string };

const modes = ['disable', 'require', 'verify-full'] as const;
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads `sslmode` and `sslrootcert` of a connection URL. Without them a server on this machine is reached in the clear and any
 * other by a verified certificate: a password is never sent over a network because a parameter was forgotten or misspelt.
 *
 * @throws {LocalAuroraError} `invalid-option` for another mode or parameter, or a certificate file that can't be read
 */
export function connectionTls(url: URL): ConnectionTls {
  for (const name of url.searchParams.keys()) {
    if (name !== 'sslmode' && name !== 'sslrootcert') throw new LocalAuroraError('invalid-option', `The connection URL has the parameter ${name}; only sslmode and sslrootcert are known.`);
  }
  const mode = url.searchParams.get('sslmode') ?? (loopback.test(url.hostname) ? 'disable' : 'verify-full');
  const file = url.searchParams.get('sslrootcert');
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-full':
      return { rejectUnauthorized: true, ...(file === null ? {} : { ca: certificates(file) }) };
    default:
      throw new LocalAuroraError('invalid-option', `The connection URL has sslmode=${mode}; use ${modes.join(', ')}.`);
  }
}

function certificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LocalAuroraError('invalid-option', `The certificates of sslrootcert can't be read from ${file}.`, { cause });
  }
}
