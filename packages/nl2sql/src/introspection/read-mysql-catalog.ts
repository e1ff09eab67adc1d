import { z } from 'zod';
import type { EnumType, ForeignKey } from '../artifact/schema-artifact.js';
import type { Catalog, ReadCatalogOptions } from './catalog.js';
import type { CatalogScope } from './catalog-scope.js';
import { mysqlColumnsSql, mysqlForeignKeysSql, mysqlRelationsSql, mysqlServerSql, mysqlUniqueKeysSql, mysqlViewReadsSql, type MysqlName } from './mysql-catalog-sql.js';
import { readMysqlColumnType } from './mysql-column-type.js';
import { readInHalves, readPage } from './read-in-halves.js';
import { readRows } from './read-rows.js';
import type { RunQuery } from './run-query.js';

// Drivers give BINARY columns and long texts of information_schema as bytes now and then.
const text = z.union([z.string(), z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('utf8'))]);
const flag = z.coerce.number().transform((value) => value !== 0);
const serverRow = z.object({ server_version: text, database_name: text.nullable(), knows_view_reads: flag });
const relationRow = z.object({ schema_name: text, relation_name: text, kind: text, comment_text: text.nullable(), row_estimate: z.union([z.null(), z.coerce.number()]), partitioned: flag });
const columnRow = z.object({ schema_name: text, relation_name: text, column_name: text, column_type: text, is_nullable: text, comment_text: text.nullable() });
const uniqueKeyRow = z.object({ schema_name: text, relation_name: text, key_name: text, column_name: text.nullable(), partial: flag });
const viewReadRow = z.object({ schema_name: text, relation_name: text, target_schema: text, target_relation: text });
const foreignKeyRow = z.object({ schema_name: text, relation_name: text, key_name: text, column_name: text, target_schema: text, target_relation: text, target_column: text });

const defaultRelationsPerQuery = 500;

/**
 * Reads relations, columns, keys, enums and what views read of MySQL 8 (Aurora MySQL 3) and MariaDB (which does not know
 * what views read) from information_schema: a query for the server and five for each page of relations, more where an
 * answer is too large. A schema of the artifact is a database of the server; an enum is named `relation.column`, since
 * MySQL's enums have no name of their own.
 */
export async function readMysqlCatalog(run: RunQuery, options: ReadCatalogOptions): Promise<Catalog> {
  const scope: CatalogScope = { schemas: options.schemas ?? null, includePartitions: false, readableOnly: options.readableOnly ?? true };
  const [server] = readRows(serverRow, await run(mysqlServerSql));
  const { relations, columns, uniqueKeys, foreignKeys, viewReads: reads } = await readRelations(run, scope, server?.knows_view_reads === true, options.relationsPerQuery ?? defaultRelationsPerQuery);
  const viewReads = grouped(reads, nameOf);

  const columnsOf = grouped(columns, nameOf);
  const has = (relation: string, column: string | null) => columnsOf.get(relation)?.some(({ column_name }) => column_name === column) === true;
  // A key of which a column is not shown says less than it means: it is left out.
  const keysOf = grouped([...grouped(uniqueKeys, keyOf).values()].filter((key) => key.every((part) => !part.partial && has(nameOf(part), part.column_name))), ([first]) => (first === undefined ? '' : nameOf(first)));
  const shown = relations.filter((relation) => !scope.readableOnly || columnsOf.has(nameOf(relation)));

  return {
    dialect: 'mysql',
    serverVersion: server?.server_version ?? null,
    database: server?.database_name ?? null,
    relations: shown.map((relation) => {
      const keys = (keysOf.get(nameOf(relation)) ?? []).map((parts) => ({ primary: parts[0]?.key_name === 'PRIMARY', columns: parts.flatMap(({ column_name }) => column_name ?? []) }));
      return {
        schema: relation.schema_name,
        name: relation.relation_name,
        kind: relation.kind === 'VIEW' ? ('view' as const) : relation.partitioned ? ('partitioned-table' as const) : ('table' as const),
        // The server says "VIEW" for every view.
        comment: relation.kind === 'VIEW' ? null : emptyToNull(relation.comment_text),
        rowEstimate: relation.row_estimate,
        columns: (columnsOf.get(nameOf(relation)) ?? []).map((column) => ({ name: column.column_name, type: readMysqlColumnType(column.column_type).type, nullable: column.is_nullable !== 'NO', comment: emptyToNull(column.comment_text) })),
        primaryKey: keys.find(({ primary }) => primary)?.columns ?? [],
        uniqueKeys: keys.filter(({ primary }) => !primary).map((key) => key.columns),
        ...readsOf(viewReads.get(nameOf(relation))),
      };
    }),
    foreignKeys: [...grouped(foreignKeys, keyOf).values()].flatMap((parts) => foreignKey(parts, has)),
    enums: columns.flatMap((column): EnumType[] => {
      const { labels } = readMysqlColumnType(column.column_type);
      return labels === null ? [] : [{ schema: column.schema_name, name: `${column.relation_name}.${column.column_name}`, values: labels }];
    }),
  };
}

/** Which columns a view reads MySQL does not say: all of them, as far as anybody knows. */
function readsOf(rows: readonly z.infer<typeof viewReadRow>[] | undefined) {
  return rows === undefined ? {} : { reads: rows.map(({ target_schema, target_relation }) => ({ schema: target_schema, name: target_relation })) };
}

function foreignKey(parts: readonly z.infer<typeof foreignKeyRow>[], has: (relation: string, column: string) => boolean): ForeignKey[] {
  const [first] = parts;
  if (first === undefined) return [];
  const target = nameOf({ schema_name: first.target_schema, relation_name: first.target_relation });
  if (!parts.every((part) => has(nameOf(part), part.column_name) && has(target, part.target_column))) return [];
  return [
    {
      name: first.key_name,
      from: { schema: first.schema_name, relation: first.relation_name, columns: parts.map(({ column_name }) => column_name) },
      to: { schema: first.target_schema, relation: first.target_relation, columns: parts.map(({ target_column }) => target_column) },
      inferred: false,
      preferred: false,
      phrases: [],
    },
  ];
}

interface Relations {
  readonly relations: z.infer<typeof relationRow>[];
  readonly columns: z.infer<typeof columnRow>[];
  readonly uniqueKeys: z.infer<typeof uniqueKeyRow>[];
  readonly foreignKeys: z.infer<typeof foreignKeyRow>[];
  readonly viewReads: z.infer<typeof viewReadRow>[];
}

/** Page by page, and what is said of a page in as many queries as it takes: the Data API gives 1 MiB in one answer. */
async function readRelations(run: RunQuery, scope: CatalogScope, knowsViewReads: boolean, pageSize: number): Promise<Relations> {
  const found: Relations = { relations: [], columns: [], uniqueKeys: [], foreignKeys: [], viewReads: [] };
  const place = (row: z.infer<typeof relationRow>): MysqlName => ({ schema: row.schema_name, name: row.relation_name });
  let limit = pageSize;
  for (;;) {
    const last = found.relations.at(-1);
    const page = await readPage(limit, (size) => run(mysqlRelationsSql(scope, last === undefined ? null : place(last), size)));
    limit = page.limit;
    const relations = readRows(relationRow, page.rows);
    if (relations.length === 0) break;
    found.relations.push(...relations);
    const ofPage = <Row>(schema: z.ZodType<Row>, sql: (scope: CatalogScope, first: MysqlName, last: MysqlName) => string): Promise<readonly Row[]> =>
      readInHalves(relations.map(place), async (part) => {
        const [first, end] = [part[0], part.at(-1)];
        return first === undefined || end === undefined ? [] : readRows(schema, await run(sql(scope, first, end)));
      });
    found.columns.push(...(await ofPage(columnRow, mysqlColumnsSql)));
    found.uniqueKeys.push(...(await ofPage(uniqueKeyRow, mysqlUniqueKeysSql)));
    found.foreignKeys.push(...(await ofPage(foreignKeyRow, mysqlForeignKeysSql)));
    if (knowsViewReads && relations.some(({ kind }) => kind === 'VIEW')) found.viewReads.push(...(await ofPage(viewReadRow, mysqlViewReadsSql)));
    if (relations.length < limit) break;
  }
  return found;
}

interface Named {
  readonly schema_name: string;
  readonly relation_name: string;
}

function nameOf({ schema_name, relation_name }: Named): string {
  return `${schema_name}\u0000${relation_name}`;
}

function keyOf(row: Named & { readonly key_name: string }): string {
  return `${nameOf(row)}\u0000${row.key_name}`;
}

function emptyToNull(comment: string | null): string | null {
  return comment === '' ? null : comment;
}

function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
