import { artifactHash } from './artifact-hash.js';
import { parseArtifact } from './parse-artifact.js';
import { artifactFormatVersion, schemaArtifactSchema } from './schema-artifact.js';
import type { SchemaArtifact, SchemaArtifactInput } from './schema-artifact.js';

const unhashed = `sha256:${'0'.repeat(64)}`;

/**
 * Makes an artifact from its parts: fills in defaults, checks references, computes the hash.
 *
 * @example
 * const artifact = createArtifact({
 *   dialect: 'postgresql', serverVersion: null, database: null,
 *   relations: [{ schema: 'public', name: 'film', kind: 'table', comment: null, columns: [
 *     { name: 'title', type: 'text', nullable: false, comment: null }] }],
 * });
 * @throws Nl2SqlError `artifact-invalid`
 */
export function createArtifact(input: SchemaArtifactInput): SchemaArtifact {
  const document = { ...input, formatVersion: artifactFormatVersion, hash: unhashed };
  const filled = schemaArtifactSchema.safeParse(document);
  return parseArtifact(filled.success ? { ...filled.data, hash: artifactHash(filled.data) } : document);
}
