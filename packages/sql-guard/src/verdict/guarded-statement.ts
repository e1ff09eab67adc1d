import type { GuardedStatement } from './verdict.js';

type Computed = Pick<GuardedStatement, 'columns' | 'fingerprint'>;

/** A frozen statement; its columns and fingerprint are computed when first asked for, which most callers never do. */
export function guardedStatement(parts: Omit<GuardedStatement, keyof Computed>, compute: { readonly [Field in keyof Computed]: () => Computed[Field] }): GuardedStatement {
  let columns: GuardedStatement['columns'] | undefined;
  let fingerprint: string | undefined;
  return Object.freeze({
    sql: parts.sql,
    relations: parts.relations,
    functions: parts.functions,
    operators: parts.operators,
    parameters: parts.parameters,
    rowLimit: parts.rowLimit,
    get columns() {
      return (columns ??= compute.columns());
    },
    get fingerprint() {
      return (fingerprint ??= compute.fingerprint());
    },
  });
}
