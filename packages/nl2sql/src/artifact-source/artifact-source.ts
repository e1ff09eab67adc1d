import type { SchemaArtifact } from '../artifact/schema-artifact.js';

/** Gives the artifact that is valid now; fits `artifact` of `createTextToSql`. Concurrent calls share one load. */
export type ArtifactSource = () => Promise<SchemaArtifact>;
