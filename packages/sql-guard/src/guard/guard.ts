import type { GuardPolicy } from '../policy/guard-policy.js';
import type { Verdict } from '../verdict/verdict.js';

export interface EnforceContext {
  /** Values for the policy's tenant filters, by the filter's `value` key. */
  readonly tenant?: Readonly<Record<string, string>>;
  /** Lowers the policy's row cap for this statement; never raises it. */
  readonly maxRows?: number;
}

/** Decides about statements. Both methods are synchronous, and never throw on account of a statement. */
export interface Guard {
  readonly dialect: 'postgresql' | 'mysql';
  /** The PostgreSQL major whose grammar decides; `null` for MySQL. */
  readonly version: 16 | 17 | 18 | null;
  readonly policy: GuardPolicy;
  /** Whether the statement is one read inside the policy. The text is left as it is. */
  check(sql: string): Verdict;
  /** As `check`, and the statement rewritten: row cap, tenant filters, relations qualified with their schema. */
  enforce(sql: string, context?: EnforceContext): Verdict;
}
