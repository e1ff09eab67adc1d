import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { LocalAuroraError } from '../local-aurora-error.js';

const iterations = 4_096;

/**
 * What PostgreSQL stores instead of a password (RFC 5802 and 7677, in the form of pg_authid.rolpassword). Sent in place of
 * the password, it keeps the password out of statements, logs and pg_stat_activity.
 *
 * @throws {LocalAuroraError} `role-invalid` for an empty password, or one with characters that clients may normalize differently
 */
export async function scramVerifier(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  if (!/^[\x21-\x7e]{1,256}$/.test(password)) throw new LocalAuroraError('role-invalid', 'A password consists of 1 to 256 visible ASCII characters.');
  const salted = await promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`;
}
