import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

export interface ScramVerifierOptions {
  /** 16 bytes. @default random */
  readonly salt?: Uint8Array;
  /** PostgreSQL's own `scram_iterations`. @default 4096 */
  readonly iterations?: number;
}

/**
 * What PostgreSQL stores in place of a password, so that the password itself is never part of a statement and can
 * appear in no log: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, after RFC 5802 and RFC 7677.
 *
 * Takes ASCII only, because other text would need the normalization of RFC 4013 first.
 *
 * @throws RangeError for a password with other characters
 */
export function scramVerifier(password: string, options: ScramVerifierOptions = {}): string {
  if (!/^[\x20-\x7e]+$/.test(password)) throw new RangeError('The password must be of printable ASCII characters.');
  const salt = options.salt ?? randomBytes(16);
  const iterations = options.iterations ?? 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(key('Client Key')).digest('base64');
  const serverKey = key('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
