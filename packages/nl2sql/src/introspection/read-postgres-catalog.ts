import { z } from 'zod';
import type { EnumType, ForeignKey, SchemaArtifactInput } from '../artifact/schema-artifact.js';
import type { Catalog, ReadCatalogOptions } from './catalog.js';
import type { CatalogScope } from './catalog-scope.js';
import { columnsSql, enumsSql, keysSql, relationsSql, serverSql, viewReadsSql } from './postgres-catalog-sql.js';
import { readInHalves, readPage } from './read-in-halves.js';
import { readRows } from './read-rows.js';
import type { RunQuery } from './run-query.js';

const jsonArray = z.union([z.array(z.string()), z.string().transform((value) => z.array(z.string()).parse(JSON.parse(value)))]);
const serverRow = z.object({ server_version: z.string(), database: z.string() });
const relationRow = z.object({ oid: z.string(), schema: z.string(), name: z.string(), kind: z.enum(['r', 'p', 'v', 'm', 'f']), comment: z.string().nullable(), row_estimate: z.coerce.number().nullable() });
const columnRow = z.object({ oid: z.string(), name: z.string(), type: z.string(), nullable: z.boolean(), comment: z.string().nullable() });
const keyRow = z.object({ kind: z.enum(['foreign', 'primary', 'unique']), name: z.string(), oid: z.string(), columns: jsonArray, target_oid: z.string().nullable(), target_columns: jsonArray.nullable() });
const viewReadRow = z.object({ oid: z.string(), schema: z.string(), name: z.string(), columns: jsonArray.nullable(), whole: z.boolean() });
const enumRow = z.object({ oid: z.string(), schema: z.string(), name: z.string(), values: jsonArray });

const kinds = { r: 'table', p: 'partitioned-table', v: 'view', m: 'materialized-view', f: 'foreign-table' } as const;
const defaultRelationsPerQuery = 500;

/** Reads relations, columns, keys and enums of PostgreSQL 16-18 by set-based queries. */
export async function readPostgresCatalog(run: RunQuery, options: ReadCatalogOptions): Promise<Catalog> {
  const scope: CatalogScope = { schemas: options.schemas ?? null, includePartitions: options.includePartitions ?? false, readableOnly: options.readableOnly ?? true };
  const [server] = readRows(serverRow, await run(serverSql));
  const { relations, columns, keys, viewReads: reads } = await readRelations(run, scope, options.relationsPerQuery ?? defaultRelationsPerQuery);
  const viewReads = groupBy(reads, (row) => row.oid);
  const enums = await readEnums(run, scope);

  const columnsOf = groupBy(columns, (column) => column.oid);
  const keysOf = groupBy(keys.filter((key) => key.kind !== 'foreign'), (key) => key.oid);
  const relationOf = new Map(relations.map((relation) => [relation.oid, relation]));
  const whole = (oid: string, names: readonly string[]): boolean => names.every((name) => columnsOf.get(oid)?.some((column) => column.name === name));

  const foreignKeys = keys.flatMap((key): ForeignKey[] => {
    const [from, to] = [relationOf.get(key.oid), key.target_oid === null ? undefined : relationOf.get(key.target_oid)];
    if (key.kind !== 'foreign' || from === undefined || to === undefined || key.target_columns === null) return [];
    if (!whole(from.oid, key.columns) || !whole(to.oid, key.target_columns)) return [];
    return [{ name: key.name, from: { schema: from.schema, relation: from.name, columns: key.columns }, to: { schema: to.schema, relation: to.name, columns: key.target_columns }, inferred: false, preferred: false, phrases: [] }];
  });

  return {
    dialect: 'postgresql',
    serverVersion: server?.server_version ?? null,
    database: server?.database ?? null,
    relations: relations
      .map((relation) => ({
        schema: relation.schema,
        name: relation.name,
        kind: kinds[relation.kind],
        comment: relation.comment,
        rowEstimate: relation.row_estimate,
        columns: (columnsOf.get(relation.oid) ?? []).map(({ oid: _oid, ...column }) => column),
        primaryKey: keysOf.get(relation.oid)?.find((key) => key.kind === 'primary' && whole(key.oid, key.columns))?.columns ?? [],
        uniqueKeys: (keysOf.get(relation.oid) ?? []).filter((key) => key.kind === 'unique' && whole(key.oid, key.columns)).map((key) => key.columns),
        ...readsOf(viewReads.get(relation.oid)),
      }))
      .sort((a, b) => compare(a.schema, b.schema) || compare(a.name, b.name)),
    foreignKeys,
    enums,
  };
}

/** A relation that a view names without any column, as in `count(*)`, is read for no column. */
function readsOf(rows: readonly z.infer<typeof viewReadRow>[] | undefined): Pick<SchemaArtifactInput['relations'][number], 'reads'> {
  if (rows === undefined) return {};
  return { reads: rows.map(({ schema, name, columns, whole }) => ({ schema, name, ...(whole ? {} : { columns: columns ?? [] }) })) };
}

interface Relations {
  readonly relations: z.infer<typeof relationRow>[];
  readonly columns: z.infer<typeof columnRow>[];
  /** By oid, as text. */
  readonly keys: z.infer<typeof keyRow>[];
  readonly viewReads: z.infer<typeof viewReadRow>[];
}

/** Page by page, and what is said of a page in as many queries as it takes: the Data API gives 1 MiB in one answer. */
async function readRelations(run: RunQuery, scope: CatalogScope, pageSize: number): Promise<Relations> {
  const found: Relations = { relations: [], columns: [], keys: [], viewReads: [] };
  let limit = pageSize;
  for (;;) {
    const after = found.relations.at(-1)?.oid ?? '0';
    // Comments may be long: a page that is too large is asked for again with fewer relations.
    const page = await readPage(limit, (size) => run(relationsSql(scope, after, size)));
    limit = page.limit;
    const relations = readRows(relationRow, page.rows);
    if (relations.length === 0) break;
    found.relations.push(...relations);
    const ofPage = <Row>(schema: z.ZodType<Row>, sql: (scope: CatalogScope, fromOid: string, toOid: string) => string): Promise<readonly Row[]> =>
      readInHalves(relations, async (part) => readRows(schema, await run(sql(scope, part[0]?.oid ?? '0', part.at(-1)?.oid ?? '0'))));
    found.columns.push(...(await ofPage(columnRow, columnsSql)));
    found.keys.push(...(await ofPage(keyRow, keysSql)));
    if (relations.some(({ kind }) => kind === 'v' || kind === 'm')) found.viewReads.push(...(await ofPage(viewReadRow, viewReadsSql)));
    if (relations.length < limit) break;
  }
  // The order of keys is part of the artifact's hash, whatever the pages were.
  found.keys.sort((a, b) => compare(a.oid, b.oid));
  return found;
}

const enumsPerQuery = 1_000;

async function readEnums(run: RunQuery, scope: CatalogScope): Promise<EnumType[]> {
  const enums: z.infer<typeof enumRow>[] = [];
  for (let limit = enumsPerQuery; ; ) {
    const after = enums.at(-1)?.oid ?? '0';
    const page = await readPage(limit, (size) => run(enumsSql(scope, after, size)));
    limit = page.limit;
    enums.push(...readRows(enumRow, page.rows));
    if (page.rows.length < limit) return enums.map(({ oid: _oid, ...type }) => type).sort((a, b) => compare(a.schema, b.schema) || compare(a.name, b.name));
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
