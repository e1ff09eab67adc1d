import type { CatalogScope } from './catalog-scope.js';

export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export const serverSql = `SELECT current_setting('server_version') AS server_version, current_database() AS database`;

/** A row a relation, by oid, from the one after `afterOid`. */
export function relationsSql(scope: CatalogScope, afterOid: string, limit: number): string {
  return `
SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
  obj_description(c.oid, 'pg_class') AS comment,
  CASE WHEN c.relkind = 'p' THEN (SELECT sum(leaf.reltuples) FILTER (WHERE leaf.reltuples >= 0) FROM pg_catalog.pg_partition_tree(c.oid) part JOIN pg_catalog.pg_class leaf ON leaf.oid = part.relid WHERE part.isleaf)
       WHEN c.reltuples >= 0 THEN c.reltuples END::float8 AS row_estimate
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid > ${afterOid}::oid ${scoped(scope)}
ORDER BY c.oid LIMIT ${limit}`;
}

/** A row a column of the relations with an oid in the closed range. */
export function columnsSql(scope: CatalogScope, fromOid: string, toOid: string): string {
  return `
SELECT a.attrelid::text AS oid, a.attname AS name,
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) ELSE pg_catalog.format_type(a.atttypid, a.atttypmod) END AS type,
  NOT (a.attnotnull OR t.typnotnull) AS nullable, d.description AS comment
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_description d ON d.objoid = a.attrelid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND a.attrelid BETWEEN ${fromOid}::oid AND ${toOid}::oid ${scoped(scope)}
  ${scope.readableOnly ? `AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')` : ''}
ORDER BY a.attrelid, a.attnum`;
}

/** A row a key of the relations with an oid in the closed range: primary, unique (constraint or plain unique index) or foreign; columns as JSON arrays of names in key order. */
export function keysSql(scope: CatalogScope, fromOid: string, toOid: string): string {
  const names = (relation: string, numbers: string): string =>
    `(SELECT json_agg(a.attname ORDER BY k.position)::text FROM unnest(${numbers}) WITH ORDINALITY k(number, position) JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number)`;
  return `
SELECT 'foreign' AS kind, con.conname AS name, con.conrelid::text AS oid, ${names('con.conrelid', 'con.conkey')} AS columns,
  con.confrelid::text AS target_oid, ${names('con.confrelid', 'con.confkey')} AS target_columns
FROM pg_catalog.pg_constraint con JOIN pg_catalog.pg_class c ON c.oid = con.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE con.contype = 'f' AND con.conparentid = 0 AND con.conrelid BETWEEN ${fromOid}::oid AND ${toOid}::oid ${scoped(scope)}
UNION ALL
SELECT CASE WHEN i.indisprimary THEN 'primary' ELSE 'unique' END, ic.relname, i.indrelid::text, ${names('i.indrelid', '(i.indkey::int2[])[0:i.indnkeyatts - 1]')}, NULL, NULL
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indrelid BETWEEN ${fromOid}::oid AND ${toOid}::oid ${scoped(scope)}
ORDER BY 3, 1, 2`;
}

/** A row an enumerated type, by oid, from the one after `afterOid`; labels as a JSON array. */
export function enumsSql(scope: CatalogScope, afterOid: string, limit: number): string {
  return `
SELECT t.oid::text AS oid, n.nspname AS schema, t.typname AS name, json_agg(e.enumlabel ORDER BY e.enumsortorder)::text AS values
FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid > ${afterOid}::oid AND ${schemaCondition(scope)}
GROUP BY t.oid, n.nspname, t.typname ORDER BY t.oid LIMIT ${limit}`;
}

/**
 * A row a relation that a view with an oid in the closed range reads; columns as a JSON array of names. The catalog records no columns for a whole-row
 * reference (`varattno 0` in the stored tree), so a view that has one is said to read all.
 */
export function viewReadsSql(scope: CatalogScope, fromOid: string, toOid: string): string {
  return `
SELECT c.oid::text AS oid, rn.nspname AS schema, rc.relname AS name,
  CASE WHEN bool_or(r.ev_action::text LIKE '%:varattno 0 %') THEN NULL ELSE json_agg(DISTINCT a.attname::text) FILTER (WHERE a.attname IS NOT NULL)::text END AS columns,
  bool_or(r.ev_action::text LIKE '%:varattno 0 %') AS whole
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> c.oid
JOIN pg_catalog.pg_class rc ON rc.oid = d.refobjid AND rc.relkind IN ('r', 'p', 'v', 'm', 'f')
JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = rc.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
WHERE c.relkind IN ('v', 'm') AND c.oid BETWEEN ${fromOid}::oid AND ${toOid}::oid ${scoped(scope)}
GROUP BY c.oid, rn.nspname, rc.relname ORDER BY c.oid, rn.nspname, rc.relname`;
}

function scoped(scope: CatalogScope): string {
  const readable = scope.readableOnly ? ` AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')` : '';
  return `AND ${schemaCondition(scope)}${scope.includePartitions ? '' : ' AND NOT c.relispartition'}${readable}`;
}

function schemaCondition(scope: CatalogScope): string {
  if (scope.schemas !== null) return scope.schemas.length === 0 ? 'false' : `n.nspname IN (${scope.schemas.map(quoteLiteral).join(', ')})`;
  return `n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'`;
}
