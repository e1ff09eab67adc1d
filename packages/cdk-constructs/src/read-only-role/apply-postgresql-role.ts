import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import { listNames } from './list-names.js';
import type { RoleSpecification } from './role-specification.js';
import type { RunSql } from '../database-access/run-sql.js';
import { requireManagedRole } from './require-managed-role.js';
import { findRole, listHazards, listPublicRoutines, listRelations, listSchemas } from './statements/postgresql-catalog.js';
import type { CatalogRelation } from './statements/postgresql-catalog.js';
import {
  alterRoleStatements, clearPrivilegeStatements, closeRoutineStatements, createRoleStatements, createSchemaStatement, dropRoleStatements, futureTableStatements, grantStatements,
  roleSettingStatements,
} from './statements/postgresql-role.js';
import { applyTenantPolicies, removeTenantPolicies } from './statements/tenant-policies.js';

/** What was granted, for the custom resource's attributes and its log. */
export interface AppliedRole {
  readonly created: boolean;
  readonly relations: readonly string[];
  /** Relations of the schemas that were left out, each with why. */
  readonly skipped: readonly { readonly relation: string; readonly reason: 'excluded' | 'not shared with tenants' | "runs with its owner's rights" }[];
}

/**
 * Makes the role, or brings it to what the specification says, and proves it read-only. Run it in one transaction as
 * the admin user: it throws before anything is left half done, and other sessions see all of it or nothing.
 *
 * @throws CdkConstructsError `role-conflict`, `role-unsafe`, `not-grantable` or `not-found`
 */
export async function applyPostgresqlRole(run: RunSql, specification: RoleSpecification, verifier: string): Promise<AppliedRole> {
  const runAll = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await run(statement);
  };
  const existing = await findRole(run, specification.role);
  if (existing !== null) requireManagedRole(specification.role, existing);
  await runAll(existing === null ? createRoleStatements(specification, verifier) : alterRoleStatements(specification, verifier));
  await runAll(roleSettingStatements(specification));

  await provideSchemas(run, specification);
  if (existing !== null) await removeTenantPolicies(run, specification.role, specification.tenancy?.policies.map((policy) => policy.relation) ?? []);
  await runAll(clearPrivilegeStatements(specification.role));

  const { granted, skipped } = selectRelations(specification, await listRelations(run, specification.schemas));
  const refused = granted.filter((relation) => !relation.grantable);
  if (refused.length > 0) {
    throw new CdkConstructsError('not-grantable', `The admin user may not grant ${listNames(refused.map(qualified))}; make it a member of their owners, or list them as excluded.`);
  }
  await runAll(grantStatements(specification, granted));
  if (specification.futureTables) await runAll(futureTableStatements(specification));
  if (specification.tenancy !== null) await applyTenantPolicies(run, specification, specification.tenancy);
  if (specification.publicPrivileges === 'revoke') await runAll(closeRoutineStatements(specification, await listPublicRoutines(run, specification.schemas)));
  await requireHarmless(run, specification);
  return { created: existing === null, relations: granted.map(qualified), skipped };
}

/**
 * Takes every privilege and policy of the role back, and the role away unless another database still grants to it.
 * A role that isn't there, or isn't ours, is left alone.
 */
export async function dropPostgresqlRole(run: RunSql, role: string): Promise<{ readonly dropped: boolean }> {
  const existing = await findRole(run, role);
  if (existing === null || !existing.managed) return { dropped: false };
  await removeTenantPolicies(run, role, []);
  for (const statement of clearPrivilegeStatements(role)) await run(statement);
  const elsewhere = await run(
    "SELECT FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname = :role AND d.dbid NOT IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) LIMIT 1",
    { role },
  );
  if (elsewhere.length > 0) return { dropped: false };
  for (const statement of dropRoleStatements(role)) await run(statement);
  return { dropped: true };
}

async function provideSchemas(run: RunSql, specification: RoleSpecification): Promise<void> {
  const found = new Set((await listSchemas(run, specification.schemas)).map((schema) => schema.name));
  const missing = specification.schemas.filter((schema) => !found.has(schema));
  if (missing.length > 0 && specification.missingSchemas === 'fail') {
    throw new CdkConstructsError('not-found', `There is no schema ${listNames(missing)} in ${specification.database}.`);
  }
  for (const schema of missing) await run(createSchemaStatement(schema));
  const closed = (await listSchemas(run, specification.schemas)).filter((schema) => !schema.grantable).map((schema) => schema.name);
  if (closed.length > 0) throw new CdkConstructsError('not-grantable', `The admin user may not grant usage of schema ${listNames(closed)}; make it a member of the owner.`);
}

function selectRelations(specification: RoleSpecification, all: readonly CatalogRelation[]): { readonly granted: readonly CatalogRelation[]; readonly skipped: AppliedRole['skipped'] } {
  const excluded = new Set(specification.excludedRelations);
  const { tenancy } = specification;
  const open = tenancy === null ? null : new Set([...tenancy.shared, ...tenancy.policies.map((policy) => policy.relation)]);
  const granted: CatalogRelation[] = [];
  const skipped: AppliedRole['skipped'][number][] = [];
  for (const relation of all) {
    const name = qualified(relation);
    if (excluded.has(name)) skipped.push({ relation: name, reason: 'excluded' });
    else if (open !== null && !open.has(name)) skipped.push({ relation: name, reason: 'not shared with tenants' });
    else if (open !== null && relation.ownersRights) skipped.push({ relation: name, reason: "runs with its owner's rights" });
    else granted.push(relation);
  }
  return { granted, skipped };
}

/** The proof, by the database's own account of the role's rights, after all the grants and before the commit. */
async function requireHarmless(run: RunSql, specification: RoleSpecification): Promise<void> {
  let hazards = await listHazards(run, specification.role);
  if (specification.publicPrivileges === 'revoke') {
    for (const { remedy } of hazards) if (remedy !== null) await run(remedy);
    hazards = await listHazards(run, specification.role);
  }
  if (hazards.length === 0) return;
  const advice = specification.publicPrivileges === 'refuse' ? 'Take that back from PUBLIC, or choose publicPrivileges "revoke".' : 'The admin user may not take that back.';
  throw new CdkConstructsError('role-unsafe', `The role ${specification.role} would have ${listNames(hazards.map((hazard) => hazard.description))}. ${advice}`);
}

const qualified = (relation: { readonly schema: string; readonly name: string }): string => `${relation.schema}.${relation.name}`;
