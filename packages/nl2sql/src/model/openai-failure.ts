import { Nl2SqlError, type Nl2SqlErrorCode } from '../nl2sql-error.js';
import type { Redactor } from '../redaction/redactor.js';
import type { Failure } from '../waiting/with-retries.js';
import { readBounded } from './read-bounded.js';

/** An answer of the endpoint with a status of 400 or more. */
class RefusedCall extends Error {
  override readonly name = 'RefusedCall';

  constructor(
    readonly status: number,
    readonly retryAfterMs: number | undefined,
    said: string,
  ) {
    super(said);
  }
}

/** An error that the endpoint reported inside a stream that it had begun. */
export class ReportedInStream extends Error {
  override readonly name = 'ReportedInStream';
}

/** Reads the error an endpoint answered with. */
export async function failedResponse(response: Response): Promise<Error> {
  const body = await readBounded(response.body).catch(() => '');
  return new RefusedCall(response.status, retryAfter(response.headers.get('retry-after')), errorText(body));
}

/** Tells what a failure of the endpoint or of the network means for a caller of a model. What the endpoint said passes the redactor. */
export function describeFetchFailure(error: unknown, what: string, redactor: Redactor): Failure {
  if (Nl2SqlError.isInstance(error)) return { error };
  const cause = redactor.cause(error);
  if (error instanceof RefusedCall) {
    const [code, retryable] = classify(error.status);
    return {
      error: new Nl2SqlError({ code, retryable, cause, message: `${what}: HTTP ${error.status}${after(redactor.text(error.message))}` }),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  if (error instanceof ReportedInStream) {
    return { error: new Nl2SqlError({ code: 'model-unavailable', retryable: true, cause, message: `${what}: the endpoint reported an error in the stream${after(redactor.text(error.message))}` }) };
  }
  const reason = error instanceof Error ? [error.message, ...(error.cause instanceof Error ? [error.cause.message] : [])].join(': ') : String(error);
  return { error: new Nl2SqlError({ code: 'model-unavailable', retryable: true, cause, message: `${what}: no connection${after(redactor.text(reason))}` }) };
}

function after(words: string): string {
  return words.trim() === '' ? '.' : `: ${words}`;
}

function classify(status: number): readonly [Nl2SqlErrorCode, boolean] {
  if (status === 429) return ['model-throttled', true];
  if (status === 408 || status === 504) return ['model-timeout', true];
  if (status >= 500) return ['model-unavailable', true];
  return ['model-rejected', false];
}

/** The message inside an endpoint's error, as OpenAI's API wraps it, else the start of the text. */
export function errorText(body: string): string {
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
