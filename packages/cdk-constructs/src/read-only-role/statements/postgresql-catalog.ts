import type { RunSql } from '../../database-access/run-sql.js';

/** The attributes that decide whether an existing role may be taken over. */
export interface CatalogRole {
  readonly managed: boolean;
  readonly elevated: readonly string[];
  readonly memberOf: readonly string[];
  readonly owned: number;
}

export interface CatalogSchema {
  readonly name: string;
  readonly grantable: boolean;
}

export interface CatalogRelation {
  readonly schema: string;
  readonly name: string;
  /** A view that runs with its owner's rights, or a stored copy: row-level security of its tables does not reach its reader. */
  readonly ownersRights: boolean;
  readonly grantable: boolean;
}

export interface Hazard {
  /** A privilege and the object it is on, for people. */
  readonly description: string;
  /** The statement that removes it from PUBLIC, or null when the admin user may not. */
  readonly remedy: string | null;
}

/** Marks a role as made here, so that no deployment ever takes over, and resets the password of, somebody else's. */
export const managedRoleComment = 'Read-only role managed by @ask-aurora/cdk-constructs';

const text = (value: unknown): string => String(value);
const texts = (value: unknown): readonly string[] => (value === null || value === '' ? [] : String(value).split('\n'));

/** Null when there is no such role. */
export async function findRole(run: RunSql, role: string): Promise<CatalogRole | null> {
  const [row] = await run(
    `SELECT coalesce(shobj_description(r.oid, 'pg_authid') = :comment, false) AS managed,
       concat_ws(E'\\n', CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
         CASE WHEN r.rolreplication THEN 'REPLICATION' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END) AS elevated,
       (SELECT string_agg(g.rolname::text, E'\\n' ORDER BY g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS member_of,
       (SELECT count(*) FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o') AS owned
     FROM pg_roles r WHERE r.rolname = :role`,
    { role, comment: managedRoleComment },
  );
  if (row === undefined) return null;
  return { managed: row['managed'] === true, elevated: texts(row['elevated']), memberOf: texts(row['member_of']), owned: Number(row['owned']) };
}

export async function listSchemas(run: RunSql, schemas: readonly string[]): Promise<readonly CatalogSchema[]> {
  const rows = await run(
    `SELECT n.nspname::text AS name, has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION') AS grantable
     FROM pg_namespace n WHERE n.nspname IN (SELECT json_array_elements_text(:schemas::json)) ORDER BY 1`,
    { schemas: JSON.stringify(schemas) },
  );
  return rows.map((row) => ({ name: text(row['name']), grantable: row['grantable'] === true }));
}

/** Everything that can be read in these schemas, but for what extensions own. */
export async function listRelations(run: RunSql, schemas: readonly string[]): Promise<readonly CatalogRelation[]> {
  const rows = await run(
    `SELECT n.nspname::text AS schema, c.relname::text AS name, has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AS grantable,
       c.relkind = 'm' OR (c.relkind = 'v' AND NOT coalesce((SELECT o.option_value::boolean FROM pg_options_to_table(c.reloptions) o WHERE o.option_name = 'security_invoker'), false)) AS owners_rights
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN (SELECT json_array_elements_text(:schemas::json))
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY 1, 2`,
    { schemas: JSON.stringify(schemas) },
  );
  return rows.map((row) => ({ schema: text(row['schema']), name: text(row['name']), grantable: row['grantable'] === true, ownersRights: row['owners_rights'] === true }));
}

/** The type of a column, as a cast would write it; null when there is no such column. */
export async function findColumnType(run: RunSql, relation: { readonly schema: string; readonly name: string }, column: string): Promise<string | null> {
  const [row] = await run(
    `SELECT format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = :schema AND c.relname = :name AND a.attname = :column AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')`,
    { ...relation, column },
  );
  return row === undefined ? null : text(row['type']);
}

/** Row-level security of a table: on, and kept open to others by a policy of ours. */
export async function findRowSecurity(run: RunSql, relation: { readonly schema: string; readonly name: string }): Promise<{ readonly enabled: boolean }> {
  const [row] = await run(
    `SELECT c.relrowsecurity AS enabled FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND c.relname = :name`,
    { ...relation },
  );
  return { enabled: row?.['enabled'] === true };
}

/** Policies made here, of this role, wherever they are: what an update replaces. */
export async function listPolicies(run: RunSql, name: string): Promise<readonly { readonly schema: string; readonly relation: string }[]> {
  const rows = await run('SELECT schemaname::text AS schema, tablename::text AS relation FROM pg_policies WHERE policyname = :name ORDER BY 1, 2', { name });
  return rows.map((row) => ({ schema: text(row['schema']), relation: text(row['relation']) }));
}

/** Functions of exposed schemas that PUBLIC may execute and the admin user may close, as `schema.name(arguments)`. */
export async function listPublicRoutines(run: RunSql, schemas: readonly string[]): Promise<readonly string[]> {
  const rows = await run(
    `SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS routine
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname IN (SELECT json_array_elements_text(:schemas::json)) AND pg_has_role(p.proowner, 'USAGE')
       AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
     ORDER BY 1`,
    { schemas: JSON.stringify(schemas) },
  );
  return rows.map((row) => text(row['routine']));
}

/**
 * All that the role could still do beside reading: write, create, or run a function with somebody else's rights,
 * by a grant of its own or of PUBLIC. System schemas are left out: their owner grants nothing of the kind.
 */
export async function listHazards(run: RunSql, role: string): Promise<readonly Hazard[]> {
  const rows = await run(
    `WITH visible AS (SELECT oid, nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ESCAPE '\\')
     SELECT privilege || ' on ' || kind || ' ' || object AS description,
       CASE WHEN removable THEN format('REVOKE %s ON %s %s FROM PUBLIC', privilege, kind, object) END AS remedy
     FROM (
       SELECT p.privilege, 'TABLE' AS kind, format('%I.%I', v.nspname, c.relname) AS object, has_table_privilege(c.oid, p.privilege || ' WITH GRANT OPTION') AS removable
       FROM pg_class c JOIN visible v ON v.oid = c.relnamespace, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (privilege)
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege(:role, c.oid, p.privilege)
       UNION ALL
       SELECT p.privilege, 'TABLE', format('%I.%I', v.nspname, c.relname), false
       FROM pg_class c JOIN visible v ON v.oid = c.relnamespace, unnest(ARRAY['INSERT', 'UPDATE']) AS p (privilege)
       WHERE c.relkind IN ('r', 'p', 'v', 'f') AND has_any_column_privilege(:role, c.oid, p.privilege) AND NOT has_table_privilege(:role, c.oid, p.privilege)
       UNION ALL
       SELECT p.privilege, 'SEQUENCE', format('%I.%I', v.nspname, c.relname), has_sequence_privilege(c.oid, p.privilege || ' WITH GRANT OPTION')
       FROM pg_class c JOIN visible v ON v.oid = c.relnamespace, unnest(ARRAY['USAGE', 'UPDATE']) AS p (privilege)
       WHERE c.relkind = 'S' AND has_sequence_privilege(:role, c.oid, p.privilege)
       UNION ALL
       SELECT 'CREATE', 'SCHEMA', format('%I', v.nspname), has_schema_privilege(v.oid, 'CREATE WITH GRANT OPTION')
       FROM visible v WHERE has_schema_privilege(:role, v.oid, 'CREATE')
       UNION ALL
       SELECT 'CREATE', 'DATABASE', format('%I', current_database()), false WHERE has_database_privilege(:role, current_database(), 'CREATE')
       UNION ALL
       SELECT 'EXECUTE', 'ROUTINE', format('%I.%I(%s)', v.nspname, f.proname, pg_get_function_identity_arguments(f.oid)), pg_has_role(f.proowner, 'USAGE')
       FROM pg_proc f JOIN visible v ON v.oid = f.pronamespace
       WHERE f.prosecdef AND has_schema_privilege(:role, v.oid, 'USAGE') AND has_function_privilege(:role, f.oid, 'EXECUTE')
     ) AS found ORDER BY 1`,
    { role },
  );
  return rows.map((row) => ({ description: text(row['description']), remedy: row['remedy'] === null ? null : text(row['remedy']) }));
}
