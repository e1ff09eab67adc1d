import type { GuardedStatement } from './verdict.js';

type Eager = Omit<GuardedStatement, 'fingerprint'>;

/** A frozen statement whose fingerprint is computed when first asked for: most callers never do. */
export function guardedStatement(parts: Eager, computeFingerprint: () => string): GuardedStatement {
  let known: string | undefined;
  const statement = Object.defineProperty({ ...parts }, 'fingerprint', { enumerable: true, get: () => (known ??= computeFingerprint()) });
  return Object.freeze(statement as GuardedStatement);
}
