import type pg from 'pg';
import { LocalAuroraError } from '../local-aurora-error.js';
import { quoteIdentifier, quoteLiteral, quoteRole } from './identifier.js';
import { scramVerifier } from './scram-verifier.js';
import { type AdministratorOptions, withAdministrator } from './with-administrator.js';

export interface CreateReadOnlyRoleOptions extends AdministratorOptions {
  readonly role: string;
  /** Never sent: only its SCRAM verifier is. */
  readonly password: string;
  /** The schemas whose tables and views it may read; they also are its search_path. */
  readonly schemas: readonly string[];
  /**
   * The roles that own, or will own, tables in the schemas. Tables of others are not granted, and reported. The
   * administrator must be a member of each. @default the administrator alone
   */
  readonly tableOwners?: readonly string[];
  /**
   * Everybody may execute a new function, and a SECURITY DEFINER one runs with its owner's rights. `revoke` takes that
   * from the functions in the schemas, `revoke-and-future` also from those the owners will make in this database (PostgreSQL can't limit
   * that to schemas), `keep` leaves both.
   *
   * @default 'revoke-and-future'
   */
  readonly publicFunctions?: 'revoke-and-future' | 'revoke' | 'keep';
  /** Takes CREATE and TEMPORARY on the database, and CREATE on the schema public, from everybody. @default true */
  readonly revokeFromPublic?: boolean;
  /** @default 30000 */
  readonly statementTimeoutMs?: number;
  /** Sessions it may have open at once. @default 20 */
  readonly connectionLimit?: number;
}

export interface ReadOnlyRoleReport {
  /** Tables and views it may read now, as `schema.name`. */
  readonly granted: readonly string[];
  /** Tables and views in the schemas that belong to none of the owners named. */
  readonly skipped: readonly string[];
  /** Whether the functions that write large objects were taken from everybody, which only a superuser can do. */
  readonly largeObjectsRevoked: boolean;
}

interface NamedRelation {
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
}

const mark = 'Ask Aurora read-only role';

/**
 * Makes a login role that can read the tables of some schemas and nothing else; calling again brings an existing one to
 * the same state, so that what has left `schemas` is taken away. Call once for each database it shall read, with the same
 * password. What the role itself can change (its timeouts, `default_transaction_read_only`) are habits; the boundary is
 * that it has no privilege to write.
 *
 * @throws {LocalAuroraError} `role-invalid` when the role was not made here, owns something or is a superuser, when a
 * function would run with its owner's rights for it, or for a name or password that can't be one
 */
export async function createReadOnlyRole(options: CreateReadOnlyRoleOptions): Promise<ReadOnlyRoleReport> {
  const role = quoteRole(options.role);
  const verifier = await scramVerifier(options.password);
  if (options.schemas.length === 0) throw new LocalAuroraError('role-invalid', 'Name at least one schema for the role to read.');
  for (const schema of options.schemas) {
    quoteIdentifier(schema);
    if (/^pg_|^information_schema$/.test(schema)) throw new LocalAuroraError('role-invalid', `${schema} is PostgreSQL's own schema.`);
  }
  const limit = wholeNumber(options.connectionLimit ?? 20, 1, 10_000, 'connectionLimit');
  const timeout = wholeNumber(options.statementTimeoutMs ?? 30_000, 1, 86_400_000, 'statementTimeoutMs');

  return withAdministrator(options, `making the role ${options.role}`, async (client) => {
    await makeRole(client, options.role, role, verifier, limit);
    const { database, owner: administrator } = await one<{ database: string; owner: string }>(client, 'SELECT current_database() AS database, current_user::text AS owner');
    const owners = options.tableOwners ?? [administrator];
    for (const owner of owners) quoteRole(owner);
    await settle(client, role, quoteIdentifier(database), options.schemas, timeout);
    await revokeEverything(client, options.role, role, quoteIdentifier(database));

    const tables = await relations(client, options.schemas);
    const ours = tables.filter(({ owner }) => owners.includes(owner));
    for (const schema of options.schemas) await client.query(`GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${role}`);
    for (const table of ours) await as(client, table.owner, administrator, `GRANT SELECT ON ${quoted(table)} TO ${role}`);
    for (const owner of owners) {
      for (const schema of options.schemas) await client.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteRole(owner)} IN SCHEMA ${quoteIdentifier(schema)} GRANT SELECT ON TABLES TO ${role}`);
    }
    if (options.revokeFromPublic ?? true) {
      await client.query(`REVOKE CREATE, TEMPORARY ON DATABASE ${quoteIdentifier(database)} FROM PUBLIC`);
      if ((await client.query("SELECT 1 FROM pg_namespace WHERE nspname = 'public'")).rows.length > 0) await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    }
    await closeFunctions(client, options, owners, administrator);
    const largeObjectsRevoked = await closeLargeObjects(client);
    await assertHarmless(client, options);
    const names = (list: readonly NamedRelation[]) => list.map(({ schema, name }) => `${schema}.${name}`);
    return { granted: names(ours), skipped: names(tables.filter((table) => !ours.includes(table))), largeObjectsRevoked };
  });
}

async function makeRole(client: pg.Client, name: string, role: string, verifier: string, limit: number): Promise<void> {
  const { rows } = await client.query<{ mark: string | null; self: boolean }>("SELECT shobj_description(oid, 'pg_authid') AS mark, rolname = current_user AS self FROM pg_roles WHERE rolname = $1", [name]);
  const existing = rows[0];
  if (existing && (existing.self || existing.mark !== mark)) throw new LocalAuroraError('role-invalid', `The role ${name} exists and was not made as a read-only role. Choose another name.`);
  // Attributes that only a superuser may name are off by default; assertHarmless looks at them again.
  await client.query(`${existing ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOINHERIT CONNECTION LIMIT ${limit} VALID UNTIL 'infinity' PASSWORD ${quoteLiteral(verifier)}`);
  await client.query(`COMMENT ON ROLE ${role} IS ${quoteLiteral(mark)}`);
  const memberships = await client.query<{ role: string }>('SELECT roleid::regrole::text AS role FROM pg_auth_members WHERE member = $1::regrole', [role]);
  for (const membership of memberships.rows) await client.query(`REVOKE ${membership.role} FROM ${role}`);
}

async function settle(client: pg.Client, role: string, database: string, schemas: readonly string[], timeout: number): Promise<void> {
  await client.query(`ALTER ROLE ${role} RESET ALL`);
  for (const [name, value] of [['default_transaction_read_only', 'on'], ['statement_timeout', String(timeout)], ['lock_timeout', '5000'], ['idle_in_transaction_session_timeout', '180000']] as const) {
    await client.query(`ALTER ROLE ${role} SET ${name} = ${quoteLiteral(value)}`);
  }
  await client.query(`ALTER ROLE ${role} IN DATABASE ${database} SET search_path = pg_catalog, ${schemas.map(quoteIdentifier).join(', ')}`);
}

/** DROP OWNED takes back every grant and default privilege in this database; of a role that owns nothing it drops nothing. */
async function revokeEverything(client: pg.Client, name: string, role: string, database: string): Promise<void> {
  const { owned } = await one<{ owned: boolean }>(client, "SELECT EXISTS (SELECT 1 FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = $1::regrole AND deptype = 'o') AS owned", [role]);
  if (owned) throw new LocalAuroraError('role-invalid', `The role ${name} owns something, which it could therefore change. Give it to another owner first.`);
  // It also takes back the right to connect to other databases, where the role may serve as well.
  const elsewhere = await client.query<{ database: string }>(
    `SELECT d.datname AS database FROM pg_database AS d, aclexplode(d.datacl) AS a
     WHERE a.grantee = $1::regrole AND a.privilege_type = 'CONNECT' AND d.datname <> current_database()`,
    [role],
  );
  // Lets an administrator who is no superuser act in the role's name.
  await client.query(`GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
  await client.query(`DROP OWNED BY ${role}`);
  for (const name of [...elsewhere.rows.map((row) => quoteIdentifier(row.database)), database]) await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${role}`);
}

async function relations(client: pg.Client, schemas: readonly string[]): Promise<readonly NamedRelation[]> {
  const { rows } = await client.query<{ schema: string; name: string | null; owner: string }>(
    `SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner
     FROM pg_namespace AS n LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     WHERE n.nspname = ANY ($1) ORDER BY 1, 2`,
    [schemas],
  );
  const missing = schemas.filter((schema) => !rows.some((row) => row.schema === schema));
  if (missing.length > 0) throw new LocalAuroraError('role-invalid', `There is no schema ${missing.join(', ')} in the database.`);
  return rows.filter((row): row is NamedRelation => row.name !== null);
}

/** A grant must come from the owner: another's, even a superuser's, would name the wrong grantor, or fail. */
async function as(client: pg.Client, owner: string, administrator: string, sql: string): Promise<void> {
  if (owner === administrator) await client.query(sql);
  else await client.query(`SET LOCAL ROLE ${quoteIdentifier(owner)}; ${sql}; SET LOCAL ROLE NONE`);
}

async function closeFunctions(client: pg.Client, { publicFunctions = 'revoke-and-future', schemas }: CreateReadOnlyRoleOptions, owners: readonly string[], administrator: string): Promise<void> {
  if (publicFunctions === 'keep') return;
  const { rows } = await client.query<{ routine: string; owner: string }>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS routine, pg_get_userbyid(p.proowner) AS owner
     FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)`,
    [schemas],
  );
  for (const { routine, owner } of rows) if (owners.includes(owner)) await as(client, owner, administrator, `REVOKE EXECUTE ON ROUTINE ${routine} FROM PUBLIC`);
  if (publicFunctions === 'revoke-and-future') for (const owner of owners) await client.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteRole(owner)} REVOKE EXECUTE ON ROUTINES FROM PUBLIC`);
}

/** Large objects have no schema, so their functions are the only place to keep everybody from making them. */
async function closeLargeObjects(client: pg.Client): Promise<boolean> {
  const { superuser } = await one<{ superuser: boolean }>(client, 'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user');
  if (!superuser) return false;
  const { rows } = await client.query<{ routine: string }>(
    `SELECT oid::regprocedure::text AS routine FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
     AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_put', 'lo_truncate', 'lo_truncate64', 'lo_unlink', 'lowrite')`,
  );
  for (const { routine } of rows) await client.query(`REVOKE EXECUTE ON FUNCTION ${routine} FROM PUBLIC`);
  return true;
}

/** Looks at the outcome rather than at what was done: grants made by others, to everybody above all, count as well. */
async function assertHarmless(client: pg.Client, { role, publicFunctions }: CreateReadOnlyRoleOptions): Promise<void> {
  const { powerful } = await one<{ powerful: boolean }>(client, 'SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS powerful FROM pg_roles WHERE rolname = $1', [role]);
  if (powerful) throw new LocalAuroraError('role-invalid', `The role ${role} has more rights than a login: it may be a superuser, make databases or roles, replicate, or pass by row security.`);

  const { rows: writable } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_schema_privilege($1::name, n.oid, 'USAGE')
     AND (has_table_privilege($1::name, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege($1::name, c.oid, 'INSERT, UPDATE'))
     UNION ALL SELECT nspname || ' (new objects)' FROM pg_namespace WHERE has_schema_privilege($1::name, oid, 'CREATE')`,
    [role],
  );
  if (writable.length > 0) throw new LocalAuroraError('role-invalid', `Everybody, and so the role, may write to ${writable.map(({ name }) => name).join(', ')}. Revoke that from PUBLIC first.`);

  if (publicFunctions === 'keep') return;
  const { rows: definers } = await client.query<{ name: string }>(
    `SELECT p.oid::regprocedure::text AS name FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
     AND has_schema_privilege($1::name, n.oid, 'USAGE') AND has_function_privilege($1::name, p.oid, 'EXECUTE')`,
    [role],
  );
  if (definers.length > 0) {
    throw new LocalAuroraError('role-invalid', `Everybody, and so the role, may execute with its owner's rights: ${definers.map(({ name }) => name).join(', ')}. Revoke EXECUTE from PUBLIC first.`);
  }
}

async function one<Row extends object>(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<Row> {
  const { rows } = await client.query<Row>(sql, [...values]);
  const [row] = rows;
  if (!row) throw new LocalAuroraError('role-invalid', 'The server did not answer a question about itself.');
  return row;
}

function wholeNumber(value: number, low: number, high: number, name: string): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new LocalAuroraError('role-invalid', `${name} is a whole number from ${low} to ${high}, not ${value}.`);
}

const quoted = ({ schema, name }: NamedRelation) => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
