import type { ForeignKey, SchemaArtifactInput } from '../artifact/schema-artifact.js';

/** What a database's catalog says, before detection, inference and overlay. */
export interface Catalog extends SchemaArtifactInput {
  readonly foreignKeys: readonly ForeignKey[];
}

/** What of a catalog is read. */
export interface ReadCatalogOptions {
  readonly schemas?: readonly string[];
  readonly includePartitions?: boolean;
  readonly readableOnly?: boolean;
  readonly relationsPerQuery?: number;
}
