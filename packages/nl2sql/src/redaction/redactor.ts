import { maskWords } from './mask-words.js';

/**
 * How much of what a service said stands in errors. Services quote what they were sent, so a question could reach a log
 * by way of an error message. `masked`: without every word of what was sent; `none`: only the name of the fault;
 * `whole`: as it came, with the service's own error as the cause.
 */
export type ServiceWords = 'masked' | 'none' | 'whole';

/** Makes what a service said fit for a log. */
export interface Redactor {
  text(said: string): string;
  /** A stand-in for an error as a cause: its name, code, status, request id and stack frames, and its redacted message. */
  cause(error: unknown): unknown;
}

/** Makes a redactor for one call. `sent` is everything of the call that must not come back out. */
export function createRedactor(words: ServiceWords, sent: readonly string[]): Redactor {
  if (words === 'whole') return { text: (said) => said, cause: (error) => error };
  let mask: ((text: string) => string) | undefined;
  // Made when something fails: most calls do not.
  const text = words === 'none' ? () => '' : (said: string) => (mask ??= maskWords(sent))(said);
  return { text, cause: (error) => describeCause(error, text, 3) };
}

/** What is left of an error of a service. */
class RedactedError extends Error {
  constructor(name: string, message: string, frames: readonly string[], facts: Readonly<Record<string, string | number>>, cause: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    this.stack = [`${name}: ${message}`, ...frames].join('\n');
    Object.assign(this, facts);
  }
}

function describeCause(error: unknown, text: (said: string) => string, depth: number): unknown {
  if (!(error instanceof Error)) return undefined;
  const { code, sqlState, $metadata } = error as { readonly code?: unknown; readonly sqlState?: unknown; readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown } };
  const facts = Object.fromEntries(
    Object.entries({ code, sqlState, httpStatusCode: $metadata?.httpStatusCode, requestId: $metadata?.requestId }).flatMap(([name, value]): [string, string | number][] => (typeof value === 'number' ? [[name, value]] : isMark(value) ? [[name, value]] : [])),
  );
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return new RedactedError(isMark(error.name) ? error.name : 'Error', text(error.message), frames, facts, depth > 0 ? describeCause(error.cause, text, depth - 1) : undefined);
}

/** Names and codes are words of programs; whatever else stands in their place is not shown. */
export function isMark(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value);
}
