import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { relationKey } from './relation-graph.js';

/**
 * The artifact with only some of its relations, and the keys, metrics, filters and enums that they use. Verified queries
 * stay: they are found by their question, not by their tables. The hash stays that of the whole.
 */
export function narrowArtifact(artifact: SchemaArtifact, relations: readonly Relation[]): SchemaArtifact {
  const kept = new Set(relations.map(({ schema, name }) => relationKey(schema, name)));
  const types = new Set(relations.flatMap(({ columns }) => columns.map(({ type }) => type)));
  const has = ({ schema, name }: { readonly schema: string; readonly name: string }) => kept.has(relationKey(schema, name));
  return {
    ...artifact,
    relations,
    foreignKeys: artifact.foreignKeys.filter(({ from, to }) => kept.has(relationKey(from.schema, from.relation)) && kept.has(relationKey(to.schema, to.relation))),
    metrics: artifact.metrics.filter(({ relation }) => has(relation)),
    filters: artifact.filters.filter(({ relation }) => has(relation)),
    enums: artifact.enums.filter(({ schema, name }) => types.has(name) || types.has(`${schema}.${name}`)),
  };
}
