import type { JsonValue } from '../execute-query/to-json-value.js';
import type { GuardViolation } from '../ports/statement-guard.js';

/** The first ten violations: a model mends the first, and the rest would only fill its context. */
export function violationsForReply(violations: readonly GuardViolation[]): readonly JsonValue[] {
  return violations.slice(0, 10).map(({ rule, message, hint, start, end }) => ({ rule, message, hint, start, end }));
}
