import { Nl2SqlError } from '../nl2sql-error.js';

/** Runs one statement and gives its rows by column name. Introspection passes no parameters. */
export type RunQuery = (sql: string, parameters?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

const defaultDeadlineMs = 60_000;

/** The same, failing with this package's error, at the deadline and when aborted. */
export function boundedRun(run: RunQuery, options: { readonly signal?: AbortSignal; readonly deadlineMs?: number }): RunQuery {
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
  const deadline = AbortSignal.timeout(deadlineMs);
  const ended = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  const failure = (): Nl2SqlError =>
    options.signal?.aborted === true
      ? new Nl2SqlError({ code: 'aborted', message: 'Introspection was aborted.', cause: options.signal.reason })
      : new Nl2SqlError({ code: 'deadline-exceeded', message: `Introspection took longer than ${deadlineMs} ms. Name fewer schemas, sample fewer relations, or raise deadlineMs.`, retryable: true });
  return async (sql) => {
    if (ended.aborted) throw failure();
    let stop: (() => void) | undefined;
    const interrupted = new Promise<never>((_resolve, reject) => {
      stop = () => reject(failure());
      ended.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([run(sql), interrupted]);
    } catch (cause) {
      if (Nl2SqlError.isInstance(cause)) throw cause;
      throw new Nl2SqlError({ code: 'introspection-failed', message: `A catalog query failed: ${cause instanceof Error ? cause.message : String(cause)}`, cause });
    } finally {
      if (stop !== undefined) ended.removeEventListener('abort', stop);
    }
  };
}
