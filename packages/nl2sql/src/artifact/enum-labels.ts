import type { ArtifactColumn, Relation, SchemaArtifact } from './schema-artifact.js';

/**
 * The labels of a column's enumerated type, undefined when it has none. PostgreSQL's types have names, with or without
 * their schema and quotes; MySQL's belong to one column and are named `relation.column`.
 */
export function enumLabels(column: ArtifactColumn, relation: Pick<Relation, 'schema' | 'name'>, artifact: Pick<SchemaArtifact, 'enums'>): readonly string[] | undefined {
  const own = `${relation.name}.${column.name}`;
  const isMysql = column.type === 'enum' || column.type === 'set';
  return artifact.enums.find(({ schema, name }) => (isMysql ? schema === relation.schema && name === own : isNamed(column.type, schema, name)))?.values;
}

function isNamed(type: string, schema: string, name: string): boolean {
  return type.includes(name) && (type === name || type === `${schema}.${name}` || type === `"${name}"` || type === `${schema}."${name}"`);
}
