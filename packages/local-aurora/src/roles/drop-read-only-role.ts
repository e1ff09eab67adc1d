import { LocalAuroraError } from '../local-aurora-error.js';
import { quoteRole } from './identifier.js';
import { type AdministratorOptions, withAdministrator } from './with-administrator.js';

export interface DropReadOnlyRoleOptions extends AdministratorOptions {
  readonly role: string;
}

/**
 * Takes back what the role was granted, in every database, ends its sessions and removes it. A role that does not exist
 * is no error.
 *
 * @throws {LocalAuroraError} `role-invalid` when the role owns something, which is not dropped
 */
export async function dropReadOnlyRole(options: DropReadOnlyRoleOptions): Promise<void> {
  const role = quoteRole(options.role);
  const databases = await withAdministrator(options, `looking at the role ${options.role}`, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [options.role]);
    if (found.rows.length === 0) return null;
    const { rows } = await client.query<{ database: string; owns: boolean }>(
      `SELECT d.datname AS database, s.deptype = 'o' AS owns FROM pg_shdepend AS s JOIN pg_database AS d ON d.oid = s.dbid OR (s.dbid = 0 AND d.datname = current_database())
       WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = $1::regrole`,
      [role],
    );
    if (rows.some(({ owns }) => owns)) throw new LocalAuroraError('role-invalid', `The role ${options.role} owns something. Give it to another owner first.`);
    // Membership lets an administrator who is no superuser revoke in the role's name and end its sessions.
    await client.query(`GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
    return [...new Set(rows.map(({ database }) => database))];
  });
  if (databases === null) return;

  for (const database of databases) {
    const url = new URL(options.connectionString);
    url.pathname = `/${encodeURIComponent(database)}`;
    await withAdministrator({ ...options, connectionString: url.href }, `revoking the role ${options.role} in ${database}`, (client) => client.query(`DROP OWNED BY ${role}`));
  }
  await withAdministrator(options, `dropping the role ${options.role}`, async (client) => {
    await client.query(`ALTER ROLE ${role} NOLOGIN`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [options.role]);
    await client.query(`DROP ROLE ${role}`);
  });
}
