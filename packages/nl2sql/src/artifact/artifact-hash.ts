import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { lastingContent } from './lasting-content.js';
import type { SchemaArtifact } from './schema-artifact.js';

/**
 * `sha256:` and the digest of everything that can change what a statement means. Row estimates, sample values that are
 * a few of many, the server's version and the database's name are left out: a cache keyed by the hash survives new rows,
 * ANALYZE, a minor upgrade and the move from one environment to the next. The order of relations, keys and enums does
 * not count; the order of columns does.
 */
export function artifactHash(artifact: Omit<SchemaArtifact, 'hash'>): string {
  const sorted = (items: readonly unknown[]): string[] => items.map(canonicalJson).sort();
  const content = {
    formatVersion: artifact.formatVersion,
    dialect: artifact.dialect,
    relations: sorted(artifact.relations.map(lastingContent)),
    foreignKeys: sorted(artifact.foreignKeys),
    enums: sorted(artifact.enums),
    metrics: sorted(artifact.metrics),
    filters: sorted(artifact.filters),
    verifiedQueries: sorted(artifact.verifiedQueries),
  };
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
