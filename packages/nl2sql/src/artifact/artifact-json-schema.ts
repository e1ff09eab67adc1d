import { z } from 'zod';
import { schemaArtifactSchema } from './schema-artifact.js';

/** The JSON Schema (draft 2020-12) of a schema artifact, for editors and for programs in other languages. */
export function artifactJsonSchema(): Record<string, unknown> {
  return { title: 'Ask Aurora schema artifact', ...z.toJSONSchema(schemaArtifactSchema, { io: 'input' }) };
}
