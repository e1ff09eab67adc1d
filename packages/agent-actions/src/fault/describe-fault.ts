/** What may be logged of an error: what kind it is and where it came from. */
export interface FaultDescription {
  readonly name: string;
  readonly code: string | null;
  readonly sqlState: string | null;
  /** The frames of the stack, without the message. */
  readonly frames: readonly string[];
  readonly cause: FaultDescription | null;
}

/**
 * Describes an error without its message: messages of databases and services quote values, statements and, at worst,
 * credentials.
 */
export function describeFault(error: unknown, depth = 3): FaultDescription {
  if (!(error instanceof Error)) return { name: typeof error, code: null, sqlState: null, frames: [], cause: null };
  const { code, sqlState } = error as { code?: unknown; sqlState?: unknown };
  const word = (value: unknown) => (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null);
  return {
    name: word(error.name) ?? 'Error',
    code: word(code),
    sqlState: word(sqlState),
    frames: (error.stack ?? '').split('\n').map((line) => line.trim()).filter((line) => /^at .*:\d+:\d+\)?$/.test(line)).slice(0, 8),
    cause: depth > 0 && error.cause !== undefined ? describeFault(error.cause, depth - 1) : null,
  };
}
