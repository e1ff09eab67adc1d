import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { ArtifactSource } from './artifact-source.js';

/** An artifact in memory that can be replaced while questions run. */
export interface MemoryArtifactSource {
  readonly source: ArtifactSource;
  /** Later questions see this one; those under way keep theirs. */
  replace(artifact: SchemaArtifact): void;
}

export function createMemoryArtifactSource(artifact: SchemaArtifact): MemoryArtifactSource {
  let held = artifact;
  return {
    source: () => Promise.resolve(held),
    replace: (next) => {
      held = next;
    },
  };
}
