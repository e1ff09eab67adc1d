import * as z from 'zod';
import { GuardError } from '../verdict/guard-error.js';
import { guardPolicySchema, type GuardPolicy } from './guard-policy.js';

/**
 * Checks a policy and fills in its defaults.
 * @throws {GuardError} `policy-invalid` with every fault listed.
 */
export function parsePolicy(input: unknown): GuardPolicy {
  // Compiling the schema takes longer than one reading with it, and asks for `eval`, which a page's security policy may refuse.
  const parsed = guardPolicySchema.safeParse(input, { jitless: true });
  if (!parsed.success) throw new GuardError('policy-invalid', `The policy is not valid:\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  const policy = parsed.data;
  for (const schema of policy.schemas) {
    if (schema === 'pg_catalog' || schema === 'information_schema' || schema.startsWith('pg_')) {
      throw new GuardError('policy-invalid', `The schema ${schema} can't be allowed as a whole; list the relations of it that statements need.`);
    }
  }
  for (const filter of policy.tenantFilters) {
    const rule = policy.tables.find((table) => table.schema === filter.schema && table.name === filter.table);
    if (rule === undefined && !policy.schemas.includes(filter.schema)) {
      throw new GuardError('policy-invalid', `The tenant filter on ${filter.schema}.${filter.table} names a relation that the policy does not allow.`);
    }
  }
  return policy;
}
