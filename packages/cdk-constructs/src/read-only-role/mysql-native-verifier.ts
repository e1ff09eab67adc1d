import { createHash } from 'node:crypto';

/**
 * What MySQL stores for `mysql_native_password`, the authentication that Aurora MySQL 3 uses by default and the one
 * whose verifier a statement can carry in place of the password: `*` and the hexadecimal SHA-1 of the SHA-1.
 *
 * It has no salt, so it is only as strong as the password, which is why passwords here are generated.
 */
export function mysqlNativeVerifier(password: string): string {
  const once = createHash('sha1').update(password, 'utf8').digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}
