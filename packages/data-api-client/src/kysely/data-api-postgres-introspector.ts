import {
  DEFAULT_MIGRATION_LOCK_TABLE,
  DEFAULT_MIGRATION_TABLE,
  sql,
  type ColumnMetadata,
  type DatabaseIntrospector,
  type DatabaseMetadata,
  type DatabaseMetadataOptions,
  type Kysely,
  type SchemaMetadata,
  type TableMetadata,
} from 'kysely';

interface ColumnRow {
  readonly schema: string;
  readonly relation: string;
  readonly is_view: boolean;
  readonly name: string;
  readonly type: string;
  readonly type_schema: string;
  readonly not_null: boolean;
  readonly has_default: boolean;
  readonly generated_number: boolean;
  readonly comment: string | null;
}

/** Reads the catalog in types that the Data API can return; Kysely's own introspector selects `"char"`, which it cannot. */
export class DataApiPostgresIntrospector implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }

  async getSchemas(): Promise<SchemaMetadata[]> {
    return (await sql<{ name: string }>`select nspname::text as name from pg_catalog.pg_namespace order by 1`.execute(this.#db)).rows;
  }

  async getTables({ withInternalKyselyTables }: DatabaseMetadataOptions = { withInternalKyselyTables: false }): Promise<TableMetadata[]> {
    const { rows } = await sql<ColumnRow>`
      select n.nspname::text as schema, c.relname::text as relation, c.relkind in ('v', 'm') as is_view, a.attname::text as name,
             t.typname::text as type, tn.nspname::text as type_schema, a.attnotnull as not_null, a.atthasdef as has_default,
             pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) is not null as generated_number,
             col_description(c.oid, a.attnum) as comment
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type t on t.oid = a.atttypid
      join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'usage')
      order by n.nspname, c.relname, a.attnum`.execute(this.#db);
    const internal: readonly string[] = withInternalKyselyTables ? [] : [DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE];
    return tablesOf(rows.filter(({ relation }) => !internal.includes(relation)));
  }

  async getMetadata(options?: DatabaseMetadataOptions): Promise<DatabaseMetadata> {
    return { tables: await this.getTables(options) };
  }
}

function tablesOf(rows: readonly ColumnRow[]): TableMetadata[] {
  const tables = new Map<string, TableMetadata>();
  for (const row of rows) {
    const id = JSON.stringify([row.schema, row.relation]);
    const table = tables.get(id) ?? { name: row.relation, schema: row.schema, isView: row.is_view, columns: [] };
    tables.set(id, table);
    table.columns.push(columnOf(row));
  }
  return [...tables.values()];
}

function columnOf({ name, type, type_schema, not_null, has_default, generated_number, comment }: ColumnRow): ColumnMetadata {
  return { name, dataType: type, dataTypeSchema: type_schema, isNullable: !not_null, hasDefaultValue: has_default, isAutoIncrementing: generated_number, ...(comment === null ? {} : { comment }) };
}
