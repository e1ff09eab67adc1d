const marker = Symbol.for('ask-aurora.local-aurora.error');

/** What went wrong, as a literal a program can switch on. */
export type LocalAuroraErrorCode =
  | 'aborted'
  | 'deadline-exceeded'
  | 'platform-unsupported'
  | 'binaries-missing'
  | 'driver-missing'
  | 'cache-directory-unsafe'
  | 'user-unsuitable'
  | 'data-directory-unreachable'
  | 'data-directory-in-use'
  | 'data-directory-mismatch'
  | 'port-in-use'
  | 'initialization-failed'
  | 'start-failed'
  | 'stop-failed'
  | 'invalid-option'
  | 'sample-mismatch'
  | 'role-invalid'
  | 'stack-unavailable';

/** The base of every error this package throws. */
export class LocalAuroraError extends Error {
  readonly [marker] = true;
  readonly code: LocalAuroraErrorCode;

  constructor(code: LocalAuroraErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'LocalAuroraError';
    this.code = code;
  }

  /** True for errors of any loaded copy of this package, where `instanceof` knows only one. */
  static isInstance(value: unknown): value is LocalAuroraError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
