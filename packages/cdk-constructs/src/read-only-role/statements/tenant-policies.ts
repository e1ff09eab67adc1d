import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import type { RoleSpecification, Tenancy } from '../role-specification.js';
import type { RunSql } from '../../database-access/run-sql.js';
import { findColumnType, findRowSecurity, listPolicies } from './postgresql-catalog.js';
import { quoteIdentifier, quoteLiteral, splitRelation } from './quote.js';

/** The policy that narrows the role to one tenant. */
export const tenantPolicyName = (role: string): string => `ask_aurora_tenant_${role}`.slice(0, 63);

/** The policy that keeps everybody else's access as it was before row-level security was turned on here. */
export const keepAccessPolicyName = 'ask_aurora_keep_access';

/**
 * Narrows each listed table to the rows of the tenant that the transaction's setting names; no setting, no rows.
 *
 * Turning row-level security on hides all rows from everybody who isn't the owner and has no policy. So on a table
 * where it was off, a permissive policy for all keeps the application running, and a restrictive one narrows the role.
 * Where it was on already, only the restrictive one is added: what the table's own policies refuse stays refused.
 *
 * @throws CdkConstructsError `not-found` when a column isn't there
 */
export async function applyTenantPolicies(run: RunSql, specification: RoleSpecification, tenancy: Tenancy): Promise<void> {
  for (const policy of tenancy.policies) {
    const relation = splitRelation(policy.relation);
    const type = await findColumnType(run, relation, policy.column);
    if (type === null) throw new CdkConstructsError('not-found', `Tenant policy: there is no table ${policy.relation} with a column ${policy.column}.`);
    const table = `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`;
    const { enabled } = await findRowSecurity(run, relation);
    if (!enabled) {
      await run(`CREATE POLICY ${quoteIdentifier(keepAccessPolicyName)} ON ${table} AS PERMISSIVE FOR ALL TO PUBLIC USING (true) WITH CHECK (true)`);
      await run(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
    }
    const tenant = `nullif(current_setting(${quoteLiteral(tenancy.setting)}, true), '')::${type}`;
    await run(
      `CREATE POLICY ${quoteIdentifier(tenantPolicyName(specification.role))} ON ${table} AS RESTRICTIVE FOR SELECT TO ${quoteIdentifier(specification.role)} USING (${quoteIdentifier(policy.column)} = ${tenant})`,
    );
  }
}

/** Undoes what `applyTenantPolicies` did on tables that are no longer listed: the role itself keeps no policy there. */
export async function removeTenantPolicies(run: RunSql, role: string, except: readonly string[]): Promise<void> {
  const kept = new Set(except);
  for (const { schema, relation } of await listPolicies(run, tenantPolicyName(role))) {
    await run(`DROP POLICY ${quoteIdentifier(tenantPolicyName(role))} ON ${quoteIdentifier(schema)}.${quoteIdentifier(relation)}`);
  }
  for (const { schema, relation } of await listPolicies(run, keepAccessPolicyName)) {
    if (kept.has(`${schema}.${relation}`)) continue;
    const others = await run(
      "SELECT FROM pg_policies WHERE schemaname = :schema AND tablename = :relation AND policyname LIKE 'ask\\_aurora\\_tenant\\_%' ESCAPE '\\' LIMIT 1",
      { schema, relation },
    );
    if (others.length > 0) continue;
    const table = `${quoteIdentifier(schema)}.${quoteIdentifier(relation)}`;
    await run(`DROP POLICY ${quoteIdentifier(keepAccessPolicyName)} ON ${table}`);
    await run(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
  }
}
