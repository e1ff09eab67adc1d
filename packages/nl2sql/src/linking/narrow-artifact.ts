import type { ForeignKey, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { enumLabels } from '../artifact/enum-labels.js';
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
    const has = ({ schema, name }: { readonly schema: string; readonly name: string }) => kept.has(relationKey(schema, name));
    return {
      ...artifact,
      relations,
      foreignKeys: [...kept].flatMap((relation) => (keysFrom.get(relation) ?? []).filter(({ to }) => kept.has(relationKey(to.schema, to.relation)))),
      metrics: artifact.metrics.filter(({ relation }) => has(relation)),
      filters: artifact.filters.filter(({ relation }) => has(relation)),
      enums: usedEnums(artifact, relations),
    };
  };
}

function usedEnums(artifact: SchemaArtifact, relations: readonly Relation[]): SchemaArtifact['enums'] {
  if (artifact.enums.length === 0) return artifact.enums;
  const used = new Set(relations.flatMap((relation) => relation.columns.flatMap((column) => [enumLabels(column, relation, artifact) ?? []])));
  return artifact.enums.filter(({ values }) => used.has(values));
}
