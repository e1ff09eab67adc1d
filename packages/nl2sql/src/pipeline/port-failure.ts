import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, isMark } from '../redaction/redactor.js';
import { abortError } from '../waiting/abort-error.js';

/**
 * What the pipeline throws when something that was injected did: our own errors as they are, anything else as
 * `port-failed`. Drivers and SDKs quote statements, and so questions, in their messages: every word of `asked` is taken
 * out, in the message and in what is kept as the cause.
 */
export function portFailure(error: unknown, asked: readonly string[], signal: AbortSignal): Nl2SqlError {
  if (Nl2SqlError.isInstance(error)) return error;
  if (signal.aborted) return abortError(signal);
  const redactor = createRedactor('masked', asked);
  const name = error instanceof Error && isMark(error.name) ? error.name : 'Error';
  const said = redactor.text(error instanceof Error ? error.message : String(error));
  return new Nl2SqlError({ code: 'port-failed', message: `Something that createTextToSql was given failed: ${name}: ${said}`, cause: redactor.cause(error) });
}
