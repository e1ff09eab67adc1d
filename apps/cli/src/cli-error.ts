const marker = Symbol.for('@ask-aurora/cli/CliError');

export type CliErrorCode = 'invalid-argument' | 'file-unreadable' | 'file-unwritable' | 'database-unknown' | 'database-unsupported' | 'database-unreachable' | 'missing-dependency'
  | 'credentials-missing'
  | 'region-missing'
  | 'access-denied'
  | 'aws-unreachable'
  | 'stack-unavailable'
  | 'stack-outputs-missing'
  | 'stack-function-failed'
  | 'stack-reply-malformed'
  | 'not-confirmed'
  | 'database-not-empty';

/** A fault that the person at the terminal can mend; the message says how. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly [marker] = true;

  constructor(
    readonly code: CliErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static isInstance(value: unknown): value is CliError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
