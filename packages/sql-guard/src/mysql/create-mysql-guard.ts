import type { Guard } from '../guard/guard.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { GuardError } from '../verdict/guard-error.js';

export function createMysqlGuard(_policy: GuardPolicy): Promise<Guard> {
  return Promise.reject(new GuardError('dialect-unsupported', 'MySQL is not built yet.'));
}
