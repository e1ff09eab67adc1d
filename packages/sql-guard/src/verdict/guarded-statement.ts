import type { GuardedStatement } from './verdict.js';

type Computed = Pick<GuardedStatement, 'columns' | 'fingerprint'>;

/** A frozen statement; its columns and fingerprint are computed when first asked for, which most callers never do. */
export function guardedStatement(parts: Omit<GuardedStatement, keyof Computed>, compute: { readonly [Field in keyof Computed]: () => Computed[Field] }): GuardedStatement {
  const statement = { ...parts };
  for (const field of ['columns', 'fingerprint'] as const) {
    let known: Computed[typeof field] | undefined;
    Object.defineProperty(statement, field, { enumerable: true, get: () => (known ??= compute[field]()) });
  }
  return Object.freeze(statement as GuardedStatement);
}
