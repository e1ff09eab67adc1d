import type { GuardPolicy, GuardPolicyInput } from './guard-policy.js';
import { parsePolicy } from './parse-policy.js';

/** The part of a schema artifact that a policy is made of. */
export interface PolicySource {
  readonly relations: readonly {
    readonly schema: string;
    readonly name: string;
    readonly columns: readonly { readonly name: string }[];
    /** What a view's definition reads; without `columns` where it reads whole rows. */
    readonly reads?: readonly { readonly schema: string; readonly name: string; readonly columns?: readonly string[] | undefined }[] | undefined;
  }[];
  readonly enums?: readonly { readonly schema: string; readonly name: string }[];
}

/**
 * The default policy of a described database: exactly its relations and columns, its enumerated types, the built-in safe functions.
 * `overrides` replaces whole fields of the policy. The description must list every column of each relation.
 */
export function policyFromSchema(artifact: PolicySource, overrides: Partial<GuardPolicyInput> = {}): GuardPolicy {
  const schemas = [...new Set(artifact.relations.map(({ schema }) => schema))];
  return parsePolicy({
    version: 1,
    searchPath: schemas.includes('public') ? ['public', ...schemas.filter((schema) => schema !== 'public')] : schemas,
    tables: artifact.relations.map(({ schema, name, columns, reads = [] }) => ({
      schema, name, columns: columns.map((column) => column.name), columnsAreComplete: true,
      reads: reads.map((read) => ({ schema: read.schema, name: read.name, ...(read.columns === undefined ? {} : { columns: [...read.columns] }) })),
    })),
    types: { allow: (artifact.enums ?? []).map(({ schema, name }) => `${schema}.${name}`) },
    ...overrides,
  });
}
