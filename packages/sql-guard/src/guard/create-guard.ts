import { parsePolicy } from '../policy/parse-policy.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';
import { createPostgresqlGuard } from '../postgresql/create-postgresql-guard.js';
import { GuardError } from '../verdict/guard-error.js';
import type { Guard } from './guard.js';

export interface GuardOptions {
  /** @default 'postgresql' */
  readonly dialect?: 'postgresql' | 'mysql';
  /** The server's PostgreSQL major. The grammars differ, so it must be the one that runs the statements. @default 17 */
  readonly version?: 16 | 17 | 18;
  readonly policy: GuardPolicyInput;
}

/**
 * Makes a guard. Loads the one grammar it needs; everything after that is synchronous.
 * @example
 * const guard = await createGuard({ version: 17, policy: { version: 1, tables: [{ schema: 'public', name: 'orders' }] } });
 * const verdict = guard.check('SELECT count(*) FROM orders');
 * @throws {GuardError} `policy-invalid`, `version-unsupported`, `dialect-unsupported` or `grammar-unavailable`.
 */
export async function createGuard({ dialect = 'postgresql', version = 17, policy }: GuardOptions): Promise<Guard> {
  const parsed = parsePolicy(policy);
  if (dialect === 'mysql') {
    const { createMysqlGuard } = await import('../mysql/create-mysql-guard.js');
    return createMysqlGuard(parsed);
  }
  // Options may come from plain JavaScript, so the types alone do not hold.
  if ((dialect as string) !== 'postgresql') throw new GuardError('dialect-unsupported', `The dialect ${String(dialect)} is not supported.`);
  if (version !== 16 && version !== 17 && version !== 18) throw new GuardError('version-unsupported', `PostgreSQL ${String(version)} is not supported; 16, 17 and 18 are.`);
  return createPostgresqlGuard(version, parsed);
}
