const marker = Symbol.for('ask-aurora.local-aws.error');

/**
 * Why this package threw.
 * - `invalid-configuration`: an option is wrong.
 * - `listen-failed`: the port cannot be listened on; the cause says why.
 * - `lambda-failed`: a function's process ended, or did not start in time.
 */
export type LocalAwsErrorCode = 'invalid-configuration' | 'listen-failed' | 'lambda-failed';

/** The base of every error this package throws. Clients of its servers see AWS's own errors instead. */
export class LocalAwsError extends Error {
  override readonly name = 'LocalAwsError';
  readonly code: LocalAwsErrorCode;

  constructor(code: LocalAwsErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for an error of this package, also when it came from another copy of it. */
  static isInstance(value: unknown): value is LocalAwsError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
