import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { nearestName } from './nearest-name.js';
import type { Overlay } from './overlay.js';
import type { PlacedOverlay } from './parse-overlay.js';

type Path = readonly PropertyKey[];

/** What an overlay names that an artifact lacks, one sentence each with its place in the overlay's text, and the rest of the overlay. */
export function unknownOverlayNames(artifact: SchemaArtifact, { overlay, place }: PlacedOverlay): { readonly faults: readonly string[]; readonly known: Overlay } {
  const columnsOf = new Map(artifact.relations.map((relation) => [`${relation.schema}.${relation.name}`, new Set(relation.columns.map((column) => column.name))]));
  const faults: string[] = [];
  const fault = (path: Path, where: string, text: string, name: string, candidates: Iterable<string>): void => {
    const nearest = nearestName(name, [...candidates]);
    faults.push(`${where}: ${text}${place(path)}${nearest === null ? '' : `; did you mean ${nearest}`}`);
  };
  /** Whether there is a relation, and columns of it: each a name and its path. */
  const has = (path: Path, where: string, relation: string, columns: readonly (readonly [name: string, path: Path])[] = []): boolean => {
    const known = columnsOf.get(relation);
    if (known === undefined) {
      fault(path, where, `there is no relation ${relation}`, relation, columnsOf.keys());
      return false;
    }
    const missing = columns.filter(([name]) => !known.has(name));
    for (const [name, at] of missing) fault(at, where, `relation ${relation} has no column ${name}`, name, known);
    return missing.length === 0;
  };
  const listed = (path: Path, names: readonly string[]): (readonly [string, Path])[] => names.map((name, index) => [name, [...path, index]]);

  const relations: Overlay['relations'] = {};
  for (const [name, relation] of Object.entries(overlay.relations)) {
    const path: Path = ['relations', name];
    if (!has(path, `relations.${name}`, name)) continue;
    const columns = Object.entries(relation.columns ?? {}).filter(([column]) => has(path, `relations.${name}.columns`, name, [[column, [...path, 'columns', column]]]));
    const { timeColumn, labelColumns, ...rest } = relation;
    relations[name] = {
      ...rest,
      columns: Object.fromEntries(columns),
      ...(timeColumn !== undefined && has(path, `relations.${name}.timeColumn`, name, [[timeColumn, [...path, 'timeColumn']]]) ? { timeColumn } : {}),
      ...(labelColumns !== undefined && has(path, `relations.${name}.labelColumns`, name, listed([...path, 'labelColumns'], labelColumns)) ? { labelColumns } : {}),
    };
  }
  const joinEnd = (index: number, side: 'from' | 'to', end: { readonly relation: string; readonly columns: readonly string[] }): boolean =>
    has(['joins', index, side, 'relation'], `joins.${index}.${side}`, end.relation, listed(['joins', index, side, 'columns'], end.columns));
  const known: Overlay = {
    ...overlay,
    relations,
    joins: overlay.joins.filter((join, index) => joinEnd(index, 'from', join.from) && joinEnd(index, 'to', join.to)),
    metrics: overlay.metrics.filter((metric, index) => has(['metrics', index, 'relation'], `metrics.${metric.name}`, metric.relation)),
    filters: overlay.filters.filter((filter, index) => has(['filters', index, 'relation'], `filters.${filter.name}`, filter.relation)),
    verifiedQueries: overlay.verifiedQueries.filter((query, index) =>
      query.parameters.every(({ name, values }, number) => {
        const path: Path = ['verifiedQueries', index, 'parameters', number, 'values'];
        return values === undefined || has([...path, 'relation'], `verifiedQueries.${query.id}.parameters.${name}`, `${values.schema}.${values.relation}`, [[values.column, [...path, 'column']]]);
      }),
    ),
  };
  return { faults, known };
}
