import { createHash } from 'node:crypto';
import type { ParameterValue } from '@ask-aurora/nl2sql';

/** Everything that a result depends on. */
export interface CacheKeyParts {
  readonly statement: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** The settings bound for row-level security. */
  readonly settings: Readonly<Record<string, string>>;
  readonly schemaHash: string;
  readonly maxBytes: number;
  readonly countRows: number;
}

/** Counts the shapes that a kept result has had, so that one of an older release is not read as one of this. */
const shape = 2;

/** A digest under which a result may be found again: by the same statement, values, tenant, schema and caps only. */
export function cacheKey(parts: CacheKeyParts): string {
  const sorted = (record: Readonly<Record<string, unknown>>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([shape, parts.schemaHash, parts.statement, sorted(parts.parameters), sorted(parts.settings), parts.maxBytes, parts.countRows]);
  return createHash('sha256').update(text).digest('hex');
}
