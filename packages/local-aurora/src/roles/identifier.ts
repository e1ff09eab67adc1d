import pg from 'pg';
import { LocalAuroraError } from '../local-aurora-error.js';

/**
 * A name as SQL, quoted.
 *
 * @throws {LocalAuroraError} `role-invalid` for a name PostgreSQL would cut, or that it keeps for itself
 */
export function quoteIdentifier(name: string): string {
  if (name === '' || Buffer.byteLength(name) > 63 || name.includes('\0')) throw new LocalAuroraError('role-invalid', `Not a PostgreSQL name of 1 to 63 bytes: ${JSON.stringify(name)}.`);
  return pg.escapeIdentifier(name);
}

/** A role's name as SQL. @throws {LocalAuroraError} `role-invalid` also for names that mean something else as a role */
export function quoteRole(name: string): string {
  if (/^(pg_|rds)/.test(name) || ['public', 'none', 'current_user', 'session_user', 'current_role'].includes(name.toLowerCase())) {
    throw new LocalAuroraError('role-invalid', `${JSON.stringify(name)} is a name that PostgreSQL or Aurora keeps for itself. Choose another.`);
  }
  return quoteIdentifier(name);
}

export const quoteLiteral = (text: string): string => pg.escapeLiteral(text);
