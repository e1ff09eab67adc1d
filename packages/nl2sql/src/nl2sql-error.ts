const marker = Symbol.for('ask-aurora.nl2sql.error');

/** What went wrong, for programs. Expected outcomes (a refusal, an abstention) are values and have no code here. */
export type Nl2SqlErrorCode =
  | 'invalid-options'
  | 'artifact-invalid'
  | 'artifact-unavailable'
  | 'overlay-invalid'
  | 'introspection-failed'
  | 'aborted'
  | 'deadline-exceeded'
  | 'model-throttled'
  | 'model-unavailable'
  | 'model-timeout'
  | 'model-rejected'
  | 'model-malformed-response'
  | 'recording-missing'
  | 'recording-invalid'
  | 'embedding-failed'
  | 'retrieval-failed'
  | 'port-failed'
  | 'cache-failed'
  | 'dataset-invalid'
  | 'report-invalid';

/** How an {@link Nl2SqlError} is made. */
export interface Nl2SqlErrorOptions {
  readonly code: Nl2SqlErrorCode;
  readonly message: string;
  readonly cause?: unknown;
  /** Whether the same call may succeed later. @default false */
  readonly retryable?: boolean;
}

/**
 * The only error class this package throws.
 *
 * @example
 * try { await model.generate(request); } catch (error) {
 *   if (Nl2SqlError.isInstance(error) && error.retryable) retryLater();
 * }
 */
export class Nl2SqlError extends Error {
  override readonly name = 'Nl2SqlError';
  readonly code: Nl2SqlErrorCode;
  readonly retryable: boolean;
  readonly [marker] = true;

  constructor(options: Nl2SqlErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable ?? false;
  }

  /** True also for errors of another copy of this package, where `instanceof` is false. */
  static isInstance(value: unknown): value is Nl2SqlError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
