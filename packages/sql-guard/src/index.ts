export { createGuard, type GuardOptions } from './guard/create-guard.js';
export type { EnforceContext, Guard } from './guard/guard.js';
export { guardPolicySchema, type GuardPolicy, type GuardPolicyInput } from './policy/guard-policy.js';
export { parsePolicy } from './policy/parse-policy.js';
export { policyFromSchema, type PolicySource } from './policy/policy-from-schema.js';
export { analytics, readOnly, strict } from './policy/presets.js';
export { GuardError, type GuardErrorCode } from './verdict/guard-error.js';
export type { ColumnName, GuardedStatement, ParameterName, RelationName, Verdict } from './verdict/verdict.js';
export type { Rule, Violation } from './verdict/violation.js';
