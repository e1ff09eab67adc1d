import type { CatalogScope } from './catalog-scope.js';

/** A relation's place in the order of pages. */
export interface MysqlName {
  readonly schema: string;
  readonly name: string;
}

const systemSchemas = ['mysql', 'information_schema', 'performance_schema', 'sys'];

export function mysqlIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** MySQL 8.0.13 and later know what views read; MariaDB does not. */
export const mysqlServerSql = `SELECT VERSION() AS server_version, DATABASE() AS database_name,
  (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA IN ('information_schema', 'INFORMATION_SCHEMA') AND TABLE_NAME = 'VIEW_TABLE_USAGE') AS knows_view_reads`;

/** A row a relation, by the bytes of its names, from the one after `after`: names that differ in case alone are two tables. */
export function mysqlRelationsSql(scope: CatalogScope, after: MysqlName | null, limit: number): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, TABLE_TYPE AS kind, TABLE_COMMENT AS comment_text, TABLE_ROWS AS row_estimate,
  CASE WHEN CREATE_OPTIONS LIKE '%partitioned%' THEN 1 ELSE 0 END AS partitioned
FROM information_schema.TABLES
WHERE TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') AND ${schemaCondition(scope.schemas)}${after === null ? '' : ` AND ${place} > ${bytes(after)}`}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY) LIMIT ${limit}`;
}

/** A row a column of the relations from `first` to `last`, both included. */
export function mysqlColumnsSql(scope: CatalogScope, first: MysqlName, last: MysqlName): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, COLUMN_NAME AS column_name, COLUMN_TYPE AS column_type,
  IS_NULLABLE AS is_nullable, COLUMN_COMMENT AS comment_text
FROM information_schema.COLUMNS
WHERE ${schemaCondition(scope.schemas)} AND ${between(first, last)}${scope.readableOnly ? " AND FIND_IN_SET('select', PRIVILEGES) > 0" : ''}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), ORDINAL_POSITION`;
}

/** A row a column of a unique index of the relations from `first` to `last`, in the index's order. Columns that are only indexed by their first characters, and expressions, are marked. */
export function mysqlUniqueKeysSql(scope: CatalogScope, first: MysqlName, last: MysqlName): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, INDEX_NAME AS key_name, COLUMN_NAME AS column_name,
  CASE WHEN COLUMN_NAME IS NULL OR SUB_PART IS NOT NULL THEN 1 ELSE 0 END AS partial
FROM information_schema.STATISTICS
WHERE NON_UNIQUE = 0 AND ${schemaCondition(scope.schemas)} AND ${between(first, last)}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), INDEX_NAME, SEQ_IN_INDEX`;
}

/** A row a column of a foreign key of the relations from `first` to `last`, in the key's order. */
export function mysqlForeignKeysSql(scope: CatalogScope, first: MysqlName, last: MysqlName): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, CONSTRAINT_NAME AS key_name, COLUMN_NAME AS column_name,
  REFERENCED_TABLE_SCHEMA AS target_schema, REFERENCED_TABLE_NAME AS target_relation, REFERENCED_COLUMN_NAME AS target_column
FROM information_schema.KEY_COLUMN_USAGE
WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ${schemaCondition(scope.schemas)} AND ${between(first, last)}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), CONSTRAINT_NAME, ORDINAL_POSITION`;
}

/** A row a relation that a view from `first` to `last` reads. The server does not say which columns. */
export function mysqlViewReadsSql({ schemas }: CatalogScope, first: MysqlName, last: MysqlName): string {
  return `
SELECT VIEW_SCHEMA AS schema_name, VIEW_NAME AS relation_name, TABLE_SCHEMA AS target_schema, TABLE_NAME AS target_relation
FROM information_schema.VIEW_TABLE_USAGE
WHERE ${schemaCondition(schemas, 'VIEW_SCHEMA')} AND ${between(first, last, '(CAST(VIEW_SCHEMA AS BINARY), CAST(VIEW_NAME AS BINARY))')}
ORDER BY CAST(VIEW_SCHEMA AS BINARY), CAST(VIEW_NAME AS BINARY), CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY)`;
}

const place = '(CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY))';

function between(first: MysqlName, last: MysqlName, name = place): string {
  return `${name} >= ${bytes(first)} AND ${name} <= ${bytes(last)}`;
}

function bytes({ schema, name }: MysqlName): string {
  return `(${hex(schema)}, ${hex(name)})`;
}

/** A text that no setting of the session can read otherwise, its character set and its way with backslashes included. */
function hex(text: string): string {
  return `X'${Buffer.from(text, 'utf8').toString('hex')}'`;
}

function schemaCondition(schemas: CatalogScope['schemas'], column = 'TABLE_SCHEMA'): string {
  if (schemas === null) return `${column} NOT IN (${systemSchemas.map((schema) => `'${schema}'`).join(', ')})`;
  // Plain names are compared as they are, which lets the server look at these databases alone.
  const plain = schemas.filter((schema) => /^[\w$-]+$/.test(schema));
  const others = schemas.filter((schema) => !plain.includes(schema));
  const conditions = [...(plain.length === 0 ? [] : [`${column} IN (${plain.map((schema) => `'${schema}'`).join(', ')})`]), ...(others.length === 0 ? [] : [`CAST(${column} AS BINARY) IN (${others.map(hex).join(', ')})`])];
  return conditions.length === 0 ? '1 = 0' : `(${conditions.join(' OR ')})`;
}
