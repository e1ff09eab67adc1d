import { artifactHash } from '../artifact/artifact-hash.js';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';

/** The artifact with these columns (`schema.relation.column`) marked personal, and their values gone. */
export function markPersonal(artifact: SchemaArtifact, columns: ReadonlySet<string>): SchemaArtifact {
  const relations = artifact.relations.map((relation) => ({
    ...relation,
    columns: relation.columns.map((column) =>
      columns.has(`${relation.schema}.${relation.name}.${column.name}`) ? { ...column, personal: true, sampleValues: [], sampleValuesComplete: false } : column,
    ),
  }));
  const document = { ...artifact, relations };
  return { ...document, hash: artifactHash(document) };
}
