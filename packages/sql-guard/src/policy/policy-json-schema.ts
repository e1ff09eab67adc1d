import * as z from 'zod';
import { guardPolicySchema } from './guard-policy.js';

/** The JSON Schema (draft 2020-12) of a policy file, as published in `policy.schema.json`. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(guardPolicySchema, { io: 'input' });
  return { $schema, $id: 'https://unpkg.com/@ask-aurora/sql-guard/policy.schema.json', title: 'Policy of @ask-aurora/sql-guard', ...schema };
}
