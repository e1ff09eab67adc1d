import { Nl2SqlError } from '../nl2sql-error.js';
import { artifactHash } from './artifact-hash.js';
import { danglingReferences } from './dangling-references.js';
import { describeIssue } from './describe-issue.js';
import { artifactFormatVersion, schemaArtifactSchema } from './schema-artifact.js';
import type { SchemaArtifact } from './schema-artifact.js';

const shown = 5;

/**
 * Reads an artifact from parsed JSON: its shape, its references and its hash.
 *
 * @throws Nl2SqlError `artifact-invalid`, with up to five faults and where they are, when the document is of another
 * format version, has a wrong shape, names a relation or column it does not hold, or was edited after it was hashed.
 */
export function parseArtifact(input: unknown): SchemaArtifact {
  const version = typeof input === 'object' && input !== null && 'formatVersion' in input ? input.formatVersion : undefined;
  if (version !== undefined && version !== artifactFormatVersion) {
    throw invalid([`formatVersion is ${JSON.stringify(version)}; this release reads ${artifactFormatVersion}. Introspect again, or install the matching release`]);
  }
  const parsed = schemaArtifactSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues.map(describeIssue), parsed.error);
  const dangling = danglingReferences(parsed.data);
  if (dangling.length > 0) throw invalid(dangling);
  const hash = artifactHash(parsed.data);
  if (hash !== parsed.data.hash) {
    throw invalid([`hash is ${parsed.data.hash} but the content hashes to ${hash}: put changes by hand into an overlay, not into the artifact`]);
  }
  return parsed.data;
}

function invalid(faults: readonly string[], cause?: unknown): Nl2SqlError {
  const more = faults.length > shown ? `; and ${faults.length - shown} more` : '';
  return new Nl2SqlError({ code: 'artifact-invalid', message: `The schema artifact cannot be used: ${faults.slice(0, shown).join('; ')}${more}.`, cause });
}
