import { createHash } from 'node:crypto';
import { canonicalJson } from '../artifact/canonical-json.js';
import type { SessionContext } from '../pipeline/text-to-sql.js';

/** All that an answer depends on beside the question's words. */
export interface CacheScopeInput {
  readonly schemaHash: string;
  readonly policy: unknown;
  readonly modelId: string;
  /** ISO date: "last month" means other dates tomorrow. */
  readonly today: string;
  readonly timeZone: string;
  /** Whatever else of the pipeline's options changes its answers. */
  readonly settings: unknown;
  readonly sessionContext?: SessionContext;
}

/** The digest under which answers are shared: two callers of different tenants, policies or conversations never share one. */
export function cacheScope(input: CacheScopeInput): string {
  return createHash('sha256').update(canonicalJson(plain(input))).digest('hex').slice(0, 32);
}

/** Policies may hold sets and maps, which plain JSON would show as empty. */
function plain(value: unknown): unknown {
  if (value instanceof Set) return [...value].map((item) => canonicalJson(plain(item))).sort();
  if (value instanceof Map) return [...value].map(([key, item]) => [plain(key), plain(item)]);
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : typeof value === 'bigint' ? String(value) : value;
}
