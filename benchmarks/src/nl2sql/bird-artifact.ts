import { createArtifact, type SchemaArtifact, type SchemaArtifactInput } from '@ask-aurora/nl2sql';
import { readCorpus } from './corpora.js';

interface BirdColumn {
  readonly name: string;
  readonly type: string;
  readonly primary_key: boolean;
  readonly foreign_keys: readonly unknown[];
  readonly description: string;
  readonly value_samples: readonly string[];
}
type BirdSchemas = Readonly<Record<string, { readonly tables: Readonly<Record<string, { readonly name: string; readonly description: string; readonly columns: readonly BirdColumn[] }>> }>>;

/** BIRD's eleven schemas as one artifact, each database a schema. */
export function birdArtifact(): SchemaArtifact {
  const schemas = JSON.parse(readCorpus('bird', 'schema.json')) as BirdSchemas;
  const relations = Object.entries(schemas).flatMap(([schema, { tables }]) =>
    Object.values(tables).map((table) => ({
      schema,
      name: table.name,
      kind: 'table' as const,
      comment: table.description === '' ? null : table.description,
      primaryKey: table.columns.filter((column) => column.primary_key).map(({ name }) => name),
      columns: table.columns.map((column) => ({ name: column.name, type: column.type.toLowerCase(), nullable: true, comment: column.description === '' ? null : column.description, sampleValues: [...new Set(column.value_samples.map(String))].filter((value) => value.length <= 200) })),
    })),
  );
  const foreignKeys = Object.entries(schemas).flatMap(([schema, { tables }]) =>
    Object.values(tables).flatMap((table) =>
      table.columns.flatMap((column) =>
        column.foreign_keys.flatMap((key) => {
          const target = foreignKeyTarget(key);
          return target === null || tables[target.relation] === undefined ? [] : [{ name: null, from: { schema, relation: table.name, columns: [column.name] }, to: { schema, relation: target.relation, columns: [target.column] }, inferred: false }];
        }),
      ),
    ),
  );
  return createArtifact({ dialect: 'postgresql', serverVersion: null, database: 'bird', relations, foreignKeys } as SchemaArtifactInput);
}

function foreignKeyTarget(key: unknown): { readonly relation: string; readonly column: string } | null {
  const parts = typeof key === 'string' ? key.split('.') : Array.isArray(key) ? key.map(String) : typeof key === 'object' && key !== null ? Object.values(key).map(String) : [];
  const [relation, column] = parts.slice(-2);
  return relation === undefined || column === undefined ? null : { relation, column };
}
