import type { SchemaArtifact } from '@ask-aurora/nl2sql';

type Relation = SchemaArtifact['relations'][number];

/** A text for each relation, by file name: small enough to be one chunk, complete enough to be found by any of its words. */
export function relationDocuments(artifact: SchemaArtifact): ReadonlyMap<string, string> {
  return new Map(artifact.relations.map((relation) => [`${encodeURIComponent(`${relation.schema}.${relation.name}`)}.txt`, relationDocument(relation, artifact)]));
}

function relationDocument(relation: Relation, artifact: SchemaArtifact): string {
  const name = `${relation.schema}.${relation.name}`;
  const lines = [`${relation.kind} ${name}${described(relation.comment)}`];
  if (relation.synonyms.length > 0) lines.push(`Also called: ${relation.synonyms.join(', ')}`);
  for (const column of relation.columns) {
    const synonyms = column.synonyms.length === 0 ? '' : ` Also called: ${column.synonyms.join(', ')}.`;
    const values = column.sampleValues.length === 0 ? '' : ` For example: ${column.sampleValues.slice(0, 10).join(', ')}.`;
    lines.push(`- ${column.name} ${column.type}${column.nullable ? '' : ', never null'}${described(column.comment)}${synonyms}${values}`);
  }
  if (relation.primaryKey.length > 0) lines.push(`Key: ${relation.primaryKey.join(', ')}`);
  for (const { from, to } of artifact.foreignKeys) {
    if (`${from.schema}.${from.relation}` !== name && `${to.schema}.${to.relation}` !== name) continue;
    lines.push(`Joins ${from.schema}.${from.relation}(${from.columns.join(', ')}) to ${to.schema}.${to.relation}(${to.columns.join(', ')})`);
  }
  return `${lines.join('\n')}\n`;
}

const described = (comment: string | null): string => (comment === null || comment === '' ? '' : `: ${comment}`);
