import type { ForeignKey, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { relationKey } from './relation-graph.js';

/**
 * Makes the function that narrows an artifact to some of its relations, with the keys, metrics, filters and enums that they
 * use. Verified queries stay: they are found by their question, not by their tables. The hash stays that of the whole.
 */
export function createArtifactNarrower(artifact: SchemaArtifact): (relations: readonly Relation[]) => SchemaArtifact {
  const keysFrom = new Map<string, ForeignKey[]>();
  for (const key of artifact.foreignKeys) {
    const from = relationKey(key.from.schema, key.from.relation);
    keysFrom.set(from, [...(keysFrom.get(from) ?? []), key]);
  }
  return (relations) => {
    const kept = new Set(relations.map(({ schema, name }) => relationKey(schema, name)));
    const types = new Set(relations.flatMap(({ columns }) => columns.map(({ type }) => type)));
    const has = ({ schema, name }: { readonly schema: string; readonly name: string }) => kept.has(relationKey(schema, name));
    return {
      ...artifact,
      relations,
      foreignKeys: [...kept].flatMap((relation) => (keysFrom.get(relation) ?? []).filter(({ to }) => kept.has(relationKey(to.schema, to.relation)))),
      metrics: artifact.metrics.filter(({ relation }) => has(relation)),
      filters: artifact.filters.filter(({ relation }) => has(relation)),
      enums: artifact.enums.filter(({ schema, name }) => types.has(name) || types.has(`${schema}.${name}`)),
    };
  };
}
