import { parseArtifact } from '../artifact/parse-artifact.js';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { applyOverlay } from '../overlay/apply-overlay.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { callWithin } from '../waiting/call-within.js';
import type { ArtifactSource } from './artifact-source.js';

/** How a source looks for a newer artifact. */
export interface RecheckOptions {
  /** Milliseconds for which an artifact is given out without looking again. @default 30000 */
  readonly checkIntervalMs?: number;
  /** Milliseconds for one look. @default 10000 */
  readonly timeoutMs?: number;
  /** A YAML or JSON overlay merged into every version that is loaded. */
  readonly overlay?: string;
  /**
   * Told why a newer version could not be had while an earlier one is still given out, and of overlay entries that no
   * longer fit. @default nothing
   */
  readonly onWarning?: (warning: Error) => void;
  /** Milliseconds, for tests. @default the monotonic clock */
  readonly clock?: () => number;
}

/** One version of a document, and the mark by which a later look sees whether it changed. */
export interface DocumentVersion {
  readonly text: string;
  readonly tag: string;
}

const defaultCheckIntervalMs = 30_000;
const defaultTimeoutMs = 10_000;

/**
 * Loads at the first call, and looks for a newer version once the interval is over. A failed look keeps the version in
 * hand: a broken upload or an outage stops no question. `read` gets the tag in hand and gives null when it is unchanged.
 */
export function recheckedArtifact(place: string, read: (tag: string | null, signal: AbortSignal) => Promise<DocumentVersion | null>, options: RecheckOptions): ArtifactSource {
  const { checkIntervalMs = defaultCheckIntervalMs, timeoutMs = defaultTimeoutMs, clock = () => performance.now(), onWarning } = options;
  let held: { readonly artifact: SchemaArtifact; readonly tag: string } | null = null;
  let checkedAt = -Infinity;
  let loading: Promise<SchemaArtifact> | null = null;

  const look = async (): Promise<SchemaArtifact> => {
    try {
      const version = await callWithin({ signal: undefined, timeoutMs, timeoutError: () => new Nl2SqlError({ code: 'artifact-unavailable', message: `${place} did not answer within ${timeoutMs} ms.`, retryable: true }) }, (signal) => read(held?.tag ?? null, signal));
      if (version !== null) held = { artifact: parseDocument(place, version.text, options), tag: version.tag };
      if (held === null) throw new Nl2SqlError({ code: 'artifact-unavailable', message: `${place} says "unchanged" of an artifact that was never read.` });
    } catch (cause) {
      const error = Nl2SqlError.isInstance(cause) ? cause : new Nl2SqlError({ code: 'artifact-unavailable', message: `The schema artifact cannot be read from ${place}: ${cause instanceof Error ? cause.message : String(cause)}`, cause, retryable: true });
      if (held === null) throw error;
      onWarning?.(error);
    }
    checkedAt = clock();
    return held.artifact;
  };

  return () => {
    if (held !== null && clock() - checkedAt < checkIntervalMs) return Promise.resolve(held.artifact);
    loading ??= look().finally(() => {
      loading = null;
    });
    return loading;
  };
}

function parseDocument(place: string, text: string, { overlay, onWarning }: RecheckOptions): SchemaArtifact {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new Nl2SqlError({ code: 'artifact-invalid', message: `${place} holds no JSON.`, cause });
  }
  const artifact = parseArtifact(document);
  if (overlay === undefined) return artifact;
  return applyOverlay(artifact, overlay, { unknown: 'warn', onWarning: (message) => onWarning?.(new Nl2SqlError({ code: 'overlay-invalid', message })) });
}
