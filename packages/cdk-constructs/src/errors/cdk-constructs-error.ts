const marker = Symbol.for('@ask-aurora/cdk-constructs/error');

/** What went wrong, for programs; the message says it for people. */
export type CdkConstructsErrorCode =
  /** A prop is out of its documented range, or two props contradict each other. Thrown at synthesis. */
  | 'invalid-props'
  /** The pre-bundled Lambda code isn't in the package: it was checked out but never built. Thrown at synthesis. */
  | 'asset-missing'
  /** The cluster has no HTTP endpoint, so nothing here could reach it. Thrown at synthesis. */
  | 'data-api-disabled'
  /** A database role of that name exists and was not made by this package. Thrown on deployment. */
  | 'role-conflict'
  /** The role could still write, own, or execute something that a read-only role must not. Thrown on deployment. */
  | 'role-unsafe'
  /** The admin user may not grant a relation or a schema that was asked for. Thrown on deployment. */
  | 'not-grantable'
  /** A schema or relation that was named does not exist. Thrown on deployment. */
  | 'not-found'
  /** A secret isn't a JSON object with `username` and `password`. Thrown on deployment. */
  | 'invalid-secret'
  /** The custom resource received an event it doesn't understand. Thrown on deployment. */
  | 'invalid-event'
  /** The database did not answer before the deadline. Thrown on deployment. */
  | 'deadline-exceeded';

/**
 * The one error class of this package.
 *
 * Messages never hold a password or a password verifier.
 */
export class CdkConstructsError extends Error {
  readonly code: CdkConstructsErrorCode;
  readonly [marker] = true;

  constructor(code: CdkConstructsErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'CdkConstructsError';
    this.code = code;
  }

  /** Recognizes the class across copies of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is CdkConstructsError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
