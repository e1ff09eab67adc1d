import type { SchemaArtifact } from './schema-artifact.js';

/** One sentence for each relation or column that is named and not there, and for each name that stands twice. */
export function danglingReferences(artifact: Omit<SchemaArtifact, 'hash'>): readonly string[] {
  const faults: string[] = [];
  const columnsOf = new Map<string, ReadonlySet<string>>();
  for (const relation of artifact.relations) {
    const key = `${relation.schema}.${relation.name}`;
    if (columnsOf.has(key)) faults.push(`relation ${key} is listed twice`);
    const columns = new Set(relation.columns.map((column) => column.name));
    if (columns.size < relation.columns.length) faults.push(`relation ${key} lists a column twice`);
    columnsOf.set(key, columns);
  }
  const check = (where: string, schema: string, relation: string, columns: readonly string[]): void => {
    const known = columnsOf.get(`${schema}.${relation}`);
    if (known === undefined) faults.push(`${where} names relation ${schema}.${relation}, which is not in the artifact`);
    else for (const column of columns) if (!known.has(column)) faults.push(`${where} names column ${schema}.${relation}.${column}, which is not in the artifact`);
  };
  for (const relation of artifact.relations) {
    const own = [...relation.primaryKey, ...relation.uniqueKeys.flat(), ...relation.labelColumns, ...(relation.timeColumn === null ? [] : [relation.timeColumn])];
    check(`a key, label or time column of ${relation.schema}.${relation.name}`, relation.schema, relation.name, own);
  }
  for (const key of artifact.foreignKeys) {
    const where = `foreign key ${key.name ?? `${key.from.relation} -> ${key.to.relation}`}`;
    check(where, key.from.schema, key.from.relation, key.from.columns);
    check(where, key.to.schema, key.to.relation, key.to.columns);
    if (key.from.columns.length !== key.to.columns.length) faults.push(`${where} pairs ${key.from.columns.length} columns with ${key.to.columns.length}`);
  }
  for (const metric of artifact.metrics) check(`metric ${metric.name}`, metric.relation.schema, metric.relation.name, []);
  for (const filter of artifact.filters) check(`filter ${filter.name}`, filter.relation.schema, filter.relation.name, []);
  const ids = new Set<string>();
  for (const query of artifact.verifiedQueries) {
    if (ids.has(query.id)) faults.push(`verified query ${query.id} is listed twice`);
    ids.add(query.id);
    for (const { values } of query.parameters) if (values !== undefined) check(`verified query ${query.id}`, values.schema, values.relation, [values.column]);
  }
  return faults;
}
