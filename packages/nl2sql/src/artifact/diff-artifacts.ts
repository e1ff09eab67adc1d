import { canonicalJson } from './canonical-json.js';
import { lastingContent } from './lasting-content.js';
import type { ForeignKey, SchemaArtifact } from './schema-artifact.js';

/** One difference. `path` names the thing as people write it: `sales.orders.status`, `sales.orders(customer_id) -> sales.customers(id)`. */
export interface ArtifactChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly subject: 'relation' | 'column' | 'foreign-key' | 'enum' | 'metric' | 'filter' | 'verified-query';
  readonly path: string;
  /** The members that differ, of a changed subject; empty otherwise. */
  readonly members: readonly string[];
}

/** What changed from one artifact to another, by subject and path. What the hash leaves out is left out here too. */
export function diffArtifacts(before: SchemaArtifact, after: SchemaArtifact): readonly ArtifactChange[] {
  const earlier = subjects(before);
  const changes: ArtifactChange[] = [];
  for (const [key, { subject, path, value }] of subjects(after)) {
    const old = earlier.get(key);
    earlier.delete(key);
    if (old === undefined) changes.push({ change: 'added', subject, path, members: [] });
    else {
      const members = [...new Set([...Object.keys(old.value), ...Object.keys(value)])].filter((member) => canonicalJson(old.value[member] ?? null) !== canonicalJson(value[member] ?? null));
      if (members.length > 0) changes.push({ change: 'changed', subject, path, members });
    }
  }
  for (const { subject, path } of earlier.values()) changes.push({ change: 'removed', subject, path, members: [] });
  return changes;
}

interface Subject {
  readonly subject: ArtifactChange['subject'];
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function subjects(artifact: SchemaArtifact): Map<string, Subject> {
  const end = ({ schema, relation, columns }: ForeignKey['from']): string => `${schema}.${relation}(${columns.join(', ')})`;
  const all: Subject[] = [
    ...artifact.relations.flatMap((relation): Subject[] => {
      const { columns, ...value } = lastingContent(relation);
      const path = `${relation.schema}.${relation.name}`;
      const columnOrder = columns.map((column) => column.name);
      return [{ subject: 'relation', path, value: { ...value, columnOrder } }, ...columns.map((column): Subject => ({ subject: 'column', path: `${path}.${column.name}`, value: column }))];
    }),
    ...artifact.foreignKeys.map((key): Subject => ({ subject: 'foreign-key', path: `${end(key.from)} -> ${end(key.to)}`, value: key })),
    ...artifact.enums.map((type): Subject => ({ subject: 'enum', path: `${type.schema}.${type.name}`, value: type })),
    ...artifact.metrics.map((metric): Subject => ({ subject: 'metric', path: metric.name, value: metric })),
    ...artifact.filters.map((filter): Subject => ({ subject: 'filter', path: filter.name, value: filter })),
    ...artifact.verifiedQueries.map((query): Subject => ({ subject: 'verified-query', path: query.id, value: query })),
  ];
  return new Map(all.map((item) => [`${item.subject} ${item.path}`, item]));
}
