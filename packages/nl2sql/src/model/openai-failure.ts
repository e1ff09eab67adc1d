import { Nl2SqlError, type Nl2SqlErrorCode } from '../nl2sql-error.js';
import type { Failure } from '../waiting/with-retries.js';
import { readBounded } from './read-bounded.js';

/** An answer of the endpoint with a status of 400 or more. */
class RefusedCall extends Error {
  constructor(
    readonly status: number,
    readonly retryAfterMs: number | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Reads the error an endpoint answered with. */
export async function failedResponse(response: Response, what: string): Promise<Error> {
  const body = await readBounded(response.body).catch(() => '');
  return new RefusedCall(response.status, retryAfter(response.headers.get('retry-after')), `${what}: HTTP ${response.status}: ${errorText(body)}`);
}

/** Tells what a failure of the endpoint or of the network means for a caller of a model. */
export function describeFetchFailure(error: unknown, what: string): Failure {
  if (Nl2SqlError.isInstance(error)) return { error };
  if (error instanceof RefusedCall) {
    const [code, retryable] = classify(error.status);
    return {
      error: new Nl2SqlError({ code, retryable, message: error.message, cause: error }),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return { error: new Nl2SqlError({ code: 'model-unavailable', retryable: true, message: `${what}: ${reason}${cause}`, cause: error }) };
}

function classify(status: number): readonly [Nl2SqlErrorCode, boolean] {
  if (status === 429) return ['model-throttled', true];
  if (status === 408 || status === 504) return ['model-timeout', true];
  if (status >= 500) return ['model-unavailable', true];
  return ['model-rejected', false];
}

function errorText(body: string): string {
  try {
    const parsed = JSON.parse(body) as { readonly error?: { readonly message?: unknown } | string };
    const message = typeof parsed.error === 'string' ? parsed.error : parsed.error?.message;
    if (typeof message === 'string') return message.slice(0, 500);
  } catch {
    // Not JSON: an HTML page of a proxy, or nothing. The text itself says the most.
  }
  return body.slice(0, 200);
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
