import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { Overlay } from './overlay.js';

/** What an overlay names that an artifact lacks, one sentence each, and the rest of the overlay. */
export function unknownOverlayNames(artifact: SchemaArtifact, overlay: Overlay): { readonly faults: readonly string[]; readonly known: Overlay } {
  const columnsOf = new Map(artifact.relations.map((relation) => [`${relation.schema}.${relation.name}`, new Set(relation.columns.map((column) => column.name))]));
  const faults: string[] = [];
  const has = (where: string, relation: string, columns: readonly string[] = []): boolean => {
    const known = columnsOf.get(relation);
    if (known === undefined) {
      faults.push(`${where}: there is no relation ${relation}${nearest(relation, [...columnsOf.keys()])}`);
      return false;
    }
    const missing = columns.filter((column) => !known.has(column));
    for (const column of missing) faults.push(`${where}: relation ${relation} has no column ${column}${nearest(column, [...known])}`);
    return missing.length === 0;
  };
  const relations: Overlay['relations'] = {};
  for (const [name, relation] of Object.entries(overlay.relations)) {
    if (!has(`relations.${name}`, name)) continue;
    const columns = Object.entries(relation.columns ?? {}).filter(([column]) => has(`relations.${name}.columns`, name, [column]));
    const { timeColumn, labelColumns, ...rest } = relation;
    relations[name] = {
      ...rest,
      columns: Object.fromEntries(columns),
      ...(timeColumn !== undefined && has(`relations.${name}.timeColumn`, name, [timeColumn]) ? { timeColumn } : {}),
      ...(labelColumns !== undefined && has(`relations.${name}.labelColumns`, name, labelColumns) ? { labelColumns } : {}),
    };
  }
  const known: Overlay = {
    ...overlay,
    relations,
    joins: overlay.joins.filter((join, index) => has(`joins.${index}.from`, join.from.relation, join.from.columns) && has(`joins.${index}.to`, join.to.relation, join.to.columns)),
    metrics: overlay.metrics.filter((metric) => has(`metrics.${metric.name}`, metric.relation)),
    filters: overlay.filters.filter((filter) => has(`filters.${filter.name}`, filter.relation)),
    verifiedQueries: overlay.verifiedQueries.filter((query) =>
      query.parameters.every(({ name, values }) => values === undefined || has(`verifiedQueries.${query.id}.parameters.${name}`, `${values.schema}.${values.relation}`, [values.column])),
    ),
  };
  return { faults, known };
}

function nearest(name: string, candidates: readonly string[]): string {
  const bare = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]/g, '').replace(/s$/, '');
  const match = candidates.find((candidate) => bare(candidate) === bare(name)) ?? candidates.find((candidate) => bare(candidate).includes(bare(name)) || bare(name).includes(bare(candidate)));
  return match === undefined ? '' : `; did you mean ${match}`;
}
