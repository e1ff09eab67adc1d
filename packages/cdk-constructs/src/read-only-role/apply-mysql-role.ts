import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import type { AppliedRole } from './apply-postgresql-role.js';
import type { RoleSpecification } from './role-specification.js';
import type { RunSql } from '../database-access/run-sql.js';
import {
  alterAccountStatements, clearMysqlPrivilegeStatements, createAccountStatements, dropAccountStatement, managedAccountAttribute, mysqlGrantStatements,
} from './statements/mysql-role.js';

/**
 * Makes the account, or brings it to what the specification says, and checks it by the server's own tables of rights.
 *
 * @throws CdkConstructsError `role-conflict`, `role-unsafe` or `not-found`
 */
export async function applyMysqlRole(run: RunSql, specification: RoleSpecification, verifier: string): Promise<AppliedRole> {
  const existing = await findAccount(run, specification.role);
  if (existing === 'foreign') {
    throw new CdkConstructsError('role-conflict', `An account ${specification.role} exists that was not made here; choose another name. Taking it over would reset its password.`);
  }
  await requireDatabases(run, specification.schemas);
  const statements = existing === 'none' ? createAccountStatements(specification, verifier) : alterAccountStatements(specification, verifier);
  for (const statement of [...statements, ...clearMysqlPrivilegeStatements(specification.role)]) await run(statement);

  const excluded = new Set(specification.excludedRelations);
  const all = await listRelations(run, specification.schemas);
  const granted = all.filter((relation) => !excluded.has(`${relation.schema}.${relation.name}`));
  for (const statement of mysqlGrantStatements(specification, excluded.size === 0 ? null : granted)) await run(statement);
  await requireHarmless(run, specification.role);
  return {
    created: existing === 'none',
    relations: granted.map((relation) => `${relation.schema}.${relation.name}`),
    skipped: all.filter((relation) => !granted.includes(relation)).map((relation) => ({ relation: `${relation.schema}.${relation.name}`, reason: 'excluded' })),
  };
}

/** An account that isn't there, or isn't ours, is left alone. */
export async function dropMysqlRole(run: RunSql, role: string): Promise<{ readonly dropped: boolean }> {
  if ((await findAccount(run, role)) !== 'ours') return { dropped: false };
  await run(dropAccountStatement(role));
  return { dropped: true };
}

async function findAccount(run: RunSql, role: string): Promise<'none' | 'ours' | 'foreign'> {
  const rows = await run(
    "SELECT host AS host, coalesce(json_unquote(json_extract(attribute, '$.managedBy')), '') AS managed_by FROM information_schema.user_attributes WHERE user = :role",
    { role },
  );
  if (rows.length === 0) return 'none';
  return rows.length === 1 && rows[0]?.['host'] === '%' && rows[0]['managed_by'] === managedAccountAttribute ? 'ours' : 'foreign';
}

async function requireDatabases(run: RunSql, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) {
    const rows = await run('SELECT 1 AS found FROM information_schema.schemata WHERE schema_name = :schema', { schema });
    if (rows.length === 0) throw new CdkConstructsError('not-found', `There is no database ${schema}.`);
  }
}

async function listRelations(run: RunSql, schemas: readonly string[]): Promise<readonly { readonly schema: string; readonly name: string }[]> {
  const relations: { schema: string; name: string }[] = [];
  for (const schema of schemas) {
    const rows = await run('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = :schema ORDER BY table_name', { schema });
    relations.push(...rows.map((row) => ({ schema, name: String(row['name']) })));
  }
  return relations;
}

async function requireHarmless(run: RunSql, role: string): Promise<void> {
  const grantee = `'${role}'@'%'`;
  const rows = await run(
    `SELECT privilege_type AS privilege FROM information_schema.user_privileges WHERE grantee = :grantee
     UNION SELECT privilege_type FROM information_schema.schema_privileges WHERE grantee = :grantee
     UNION SELECT privilege_type FROM information_schema.table_privileges WHERE grantee = :grantee`,
    { grantee },
  );
  const hazards = rows.map((row) => String(row['privilege'])).filter((privilege) => !['USAGE', 'SELECT', 'SHOW VIEW'].includes(privilege));
  if (hazards.length > 0) throw new CdkConstructsError('role-unsafe', `The account ${role} would have ${hazards.join(', ')}; take that back first.`);
}
