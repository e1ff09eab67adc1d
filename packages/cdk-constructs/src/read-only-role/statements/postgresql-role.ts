import type { RoleSpecification } from '../role-specification.js';
import { managedRoleComment } from './postgresql-catalog.js';
import { quoteIdentifier, quoteLiteral } from './quote.js';

/** Attributes that the admin user of a cluster may set; those it may not are checked instead. */
function attributes(specification: RoleSpecification, verifier: string): string {
  return `LOGIN NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT ${specification.connectionLimit} PASSWORD ${quoteLiteral(verifier)} VALID UNTIL 'infinity'`;
}

/** Makes the login role. CREATE ROLE has no IF NOT EXISTS, so the caller asks first. */
export function createRoleStatements(specification: RoleSpecification, verifier: string): readonly string[] {
  return [
    `CREATE ROLE ${quoteIdentifier(specification.role)} ${attributes(specification, verifier)}`,
    `COMMENT ON ROLE ${quoteIdentifier(specification.role)} IS ${quoteLiteral(managedRoleComment)}`,
  ];
}

export function alterRoleStatements(specification: RoleSpecification, verifier: string): readonly string[] {
  return [`ALTER ROLE ${quoteIdentifier(specification.role)} ${attributes(specification, verifier)}`];
}

/**
 * Session defaults: comfort, not a wall, since a session may change them. The walls are the missing privileges and the
 * READ ONLY transaction in which execute-query runs each statement.
 */
export function roleSettingStatements(specification: RoleSpecification): readonly string[] {
  const role = quoteIdentifier(specification.role);
  const path = ['pg_catalog', ...specification.schemas, 'pg_temp'].map(quoteIdentifier).join(', ');
  return [
    `ALTER ROLE ${role} RESET ALL`,
    `ALTER ROLE ${role} SET default_transaction_read_only = on`,
    `ALTER ROLE ${role} SET statement_timeout = ${specification.statementTimeoutMs}`,
    `ALTER ROLE ${role} SET idle_in_transaction_session_timeout = ${specification.statementTimeoutMs * 2}`,
    `ALTER ROLE ${role} SET lock_timeout = 1000`,
    `ALTER ROLE ${role} SET search_path = ${path}`,
  ];
}

/** Takes back every privilege and policy of the role in this database; what follows grants afresh, in one transaction. */
export function clearPrivilegeStatements(role: string): readonly string[] {
  return [
    `GRANT ${quoteIdentifier(role)} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`,
    `DROP OWNED BY ${quoteIdentifier(role)}`,
  ];
}

const relationsPerStatement = 200;

/** Long lists are cut, because the Data API takes 65,536 characters a statement. */
export function grantStatements(specification: RoleSpecification, relations: readonly { readonly schema: string; readonly name: string }[]): readonly string[] {
  const role = quoteIdentifier(specification.role);
  const statements = [
    `GRANT CONNECT ON DATABASE ${quoteIdentifier(specification.database)} TO ${role}`,
    `GRANT USAGE ON SCHEMA ${specification.schemas.map(quoteIdentifier).join(', ')} TO ${role}`,
  ];
  for (let start = 0; start < relations.length; start += relationsPerStatement) {
    const names = relations.slice(start, start + relationsPerStatement).map((relation) => `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`);
    statements.push(`GRANT SELECT ON TABLE ${names.join(', ')} TO ${role}`);
  }
  return statements;
}

/** Tables that these owners make later: ALTER DEFAULT PRIVILEGES covers only the owner it names. */
export function futureTableStatements(specification: RoleSpecification): readonly string[] {
  const schemas = specification.schemas.map(quoteIdentifier).join(', ');
  const role = quoteIdentifier(specification.role);
  return ownerClauses(specification).map((owner) => `ALTER DEFAULT PRIVILEGES${owner} IN SCHEMA ${schemas} GRANT SELECT ON TABLES TO ${role}`);
}

/** Functions are executable by everybody unless that is taken back, from those that are and from those to come. */
export function closeRoutineStatements(specification: RoleSpecification, routines: readonly string[]): readonly string[] {
  return [
    ...routines.map((routine) => `REVOKE EXECUTE ON ROUTINE ${routine} FROM PUBLIC`),
    ...ownerClauses(specification).map((owner) => `ALTER DEFAULT PRIVILEGES${owner} REVOKE EXECUTE ON ROUTINES FROM PUBLIC`),
  ];
}

export function createSchemaStatement(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`;
}

/** Sessions first: one that the Data API keeps open would outlive the role, and be of nobody. */
export function dropRoleStatements(role: string): readonly string[] {
  return [
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${quoteLiteral(role)} AND pid <> pg_backend_pid()`,
    `DROP ROLE ${quoteIdentifier(role)}`,
  ];
}

/** For a rotation: the password and nothing else. */
export function passwordStatement(role: string, verifier: string): string {
  return `ALTER ROLE ${quoteIdentifier(role)} PASSWORD ${quoteLiteral(verifier)}`;
}

function ownerClauses(specification: RoleSpecification): readonly string[] {
  return specification.tableOwners.length === 0 ? [''] : specification.tableOwners.map((owner) => ` FOR ROLE ${quoteIdentifier(owner)}`);
}
