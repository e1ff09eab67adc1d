import type { SchemaArtifact } from '@ask-aurora/nl2sql';
import type { JsonValue } from '../execute-query/to-json-value.js';

type Relation = SchemaArtifact['relations'][number];

/** A relation without any sample of its content. */
export function describeRelation(artifact: SchemaArtifact, relation: Relation): { readonly [name: string]: JsonValue } {
  return {
    name: `${relation.schema}.${relation.name}`,
    kind: relation.kind,
    comment: relation.comment,
    synonyms: relation.synonyms,
    columns: relation.columns.map(({ name, type, nullable, comment, synonyms }) => ({ name, type, nullable, comment, synonyms })),
    primaryKey: relation.primaryKey,
    foreignKeys: artifact.foreignKeys
      .filter((key) => key.from.schema === relation.schema && key.from.relation === relation.name)
      .map((key) => ({ columns: key.from.columns, references: `${key.to.schema}.${key.to.relation}`, referencedColumns: key.to.columns })),
  };
}

/** The relations by name only: for schemas whose list with columns is larger than a reply may be. */
export function nameRelations(artifact: SchemaArtifact): { readonly [name: string]: JsonValue } {
  return {
    dialect: artifact.dialect,
    hash: artifact.hash,
    relations: artifact.relations.map((relation) => ({ name: `${relation.schema}.${relation.name}` })),
    note: 'The schema is large: these are names only. Call describe_schema with one of them for its columns.',
  };
}

/** The relations there are, one line each; or one in full. Undefined when there is no such relation. */
export function describeSchema(artifact: SchemaArtifact, name?: string): { readonly [name: string]: JsonValue } | undefined {
  if (name === undefined) {
    return {
      dialect: artifact.dialect,
      hash: artifact.hash,
      relations: artifact.relations.map((relation) => ({ name: `${relation.schema}.${relation.name}`, comment: relation.comment, columns: relation.columns.map((column) => column.name) })),
    };
  }
  const relation = artifact.relations.find((each) => `${each.schema}.${each.name}` === name || each.name === name);
  return relation === undefined ? undefined : describeRelation(artifact, relation);
}
