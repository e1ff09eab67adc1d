const marker = Symbol.for('@ask-aurora/sql-guard/error');

/** Why the guard could not be made or asked; a refused statement is never an error but a verdict. */
export type GuardErrorCode = 'policy-invalid' | 'version-unsupported' | 'grammar-unavailable' | 'dialect-unsupported' | 'statement-refused' | 'plan-invalid';

/** The one error class of this package. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
  readonly code: GuardErrorCode;
  readonly [marker] = true;

  constructor(code: GuardErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** True for errors of any loaded copy of this package. */
  static isInstance(value: unknown): value is GuardError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
