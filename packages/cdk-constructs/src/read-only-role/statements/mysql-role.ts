import type { RoleSpecification } from '../role-specification.js';
import { quoteMysqlGrantDatabase, quoteMysqlIdentifier, quoteMysqlLiteral } from './quote.js';

/** Marks an account as made here; MySQL keeps it in `information_schema.user_attributes`. */
export const managedAccountAttribute = '@ask-aurora/cdk-constructs';

const account = (role: string): string => `${quoteMysqlLiteral(role)}@'%'`;

export function createAccountStatements(specification: RoleSpecification, verifier: string): readonly string[] {
  return [
    `CREATE USER ${account(specification.role)} IDENTIFIED WITH mysql_native_password AS ${quoteMysqlLiteral(verifier)} WITH MAX_USER_CONNECTIONS ${specification.connectionLimit} ATTRIBUTE ${quoteMysqlLiteral(JSON.stringify({ managedBy: managedAccountAttribute }))}`,
  ];
}

export function alterAccountStatements(specification: RoleSpecification, verifier: string): readonly string[] {
  return [
    `ALTER USER ${account(specification.role)} IDENTIFIED WITH mysql_native_password AS ${quoteMysqlLiteral(verifier)} WITH MAX_USER_CONNECTIONS ${specification.connectionLimit} ACCOUNT UNLOCK`,
  ];
}

/** Takes everything back before granting: MySQL's data definition commits by itself, so an interruption leaves less, never more. */
export function clearMysqlPrivilegeStatements(role: string): readonly string[] {
  return [`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${account(role)}`];
}

/**
 * SELECT on whole databases, which covers tables to come; or table by table where some are excluded, as MySQL's
 * grants cannot be subtracted from.
 */
export function mysqlGrantStatements(specification: RoleSpecification, relations: readonly { readonly schema: string; readonly name: string }[] | null): readonly string[] {
  const to = account(specification.role);
  if (relations === null) return specification.schemas.map((schema) => `GRANT SELECT, SHOW VIEW ON ${quoteMysqlGrantDatabase(schema)}.* TO ${to}`);
  return relations.map((relation) => `GRANT SELECT, SHOW VIEW ON ${quoteMysqlIdentifier(relation.schema)}.${quoteMysqlIdentifier(relation.name)} TO ${to}`);
}

export function dropAccountStatement(role: string): string {
  return `DROP USER IF EXISTS ${account(role)}`;
}

/** For a rotation: the password and nothing else. */
export function mysqlPasswordStatement(role: string, verifier: string): string {
  return `ALTER USER ${account(role)} IDENTIFIED WITH mysql_native_password AS ${quoteMysqlLiteral(verifier)}`;
}
