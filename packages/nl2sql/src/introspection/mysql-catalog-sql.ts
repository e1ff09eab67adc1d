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

export const mysqlServerSql = 'SELECT VERSION() AS server_version, DATABASE() AS database_name';

/** A row a relation, by the bytes of its names, from the one after `after`: names that differ in case alone are two tables. */
export function mysqlRelationsSql(scope: CatalogScope, after: MysqlName | null, limit: number): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, TABLE_TYPE AS kind, TABLE_COMMENT AS comment_text, TABLE_ROWS AS row_estimate,
  CASE WHEN CREATE_OPTIONS LIKE '%partitioned%' THEN 1 ELSE 0 END AS partitioned
FROM information_schema.TABLES
WHERE TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') AND ${schemaCondition(scope)}${after === null ? '' : ` AND ${place} > ${bytes(after)}`}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY) LIMIT ${limit}`;
}

/** A row a column of the relations from `first` to `last`, both included. */
export function mysqlColumnsSql(scope: CatalogScope, first: MysqlName, last: MysqlName): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, COLUMN_NAME AS column_name, COLUMN_TYPE AS column_type,
  IS_NULLABLE AS is_nullable, COLUMN_COMMENT AS comment_text
FROM information_schema.COLUMNS
WHERE ${schemaCondition(scope)} AND ${place} >= ${bytes(first)} AND ${place} <= ${bytes(last)}${scope.readableOnly ? " AND FIND_IN_SET('select', PRIVILEGES) > 0" : ''}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), ORDINAL_POSITION`;
}

/** A row a column of a unique index, in the index's order. Columns that are only indexed by their first characters, and expressions, are marked. */
export function mysqlUniqueKeysSql(scope: CatalogScope): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, INDEX_NAME AS key_name, COLUMN_NAME AS column_name,
  CASE WHEN COLUMN_NAME IS NULL OR SUB_PART IS NOT NULL THEN 1 ELSE 0 END AS partial
FROM information_schema.STATISTICS
WHERE NON_UNIQUE = 0 AND ${schemaCondition(scope)}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), INDEX_NAME, SEQ_IN_INDEX`;
}

/** A row a column of a foreign key, in the key's order. */
export function mysqlForeignKeysSql(scope: CatalogScope): string {
  return `
SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS relation_name, CONSTRAINT_NAME AS key_name, COLUMN_NAME AS column_name,
  REFERENCED_TABLE_SCHEMA AS target_schema, REFERENCED_TABLE_NAME AS target_relation, REFERENCED_COLUMN_NAME AS target_column
FROM information_schema.KEY_COLUMN_USAGE
WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ${schemaCondition(scope)}
ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), CONSTRAINT_NAME, ORDINAL_POSITION`;
}

const place = '(CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY))';

function bytes({ schema, name }: MysqlName): string {
  return `(${hex(schema)}, ${hex(name)})`;
}

/** A text that no setting of the session can read otherwise, its character set and its way with backslashes included. */
function hex(text: string): string {
  return `X'${Buffer.from(text, 'utf8').toString('hex')}'`;
}

function schemaCondition({ schemas }: CatalogScope): string {
  if (schemas === null) return `TABLE_SCHEMA NOT IN (${systemSchemas.map((schema) => `'${schema}'`).join(', ')})`;
  // Plain names are compared as they are, which lets the server look at these databases alone.
  const plain = schemas.filter((schema) => /^[\w$-]+$/.test(schema));
  const others = schemas.filter((schema) => !plain.includes(schema));
  const conditions = [...(plain.length === 0 ? [] : [`TABLE_SCHEMA IN (${plain.map((schema) => `'${schema}'`).join(', ')})`]), ...(others.length === 0 ? [] : [`CAST(TABLE_SCHEMA AS BINARY) IN (${others.map(hex).join(', ')})`])];
  return conditions.length === 0 ? '1 = 0' : `(${conditions.join(' OR ')})`;
}
