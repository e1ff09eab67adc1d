import type { DataApiErrorCode } from './data-api-error-code.js';
import type { Executed } from './executed.js';

const marker = Symbol.for('@ask-aurora/data-api-client/error');

/** What is known about a failure beside its message. */
export interface DataApiErrorDetails {
  /** @default 'no' */
  readonly executed?: Executed;
  /** @default false */
  readonly retryable?: boolean;
  readonly sqlState?: string;
  readonly errorNumber?: number;
  readonly position?: number;
  readonly hint?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly httpStatus?: number;
  readonly cause?: unknown;
}

const optionalDetails = ['sqlState', 'errorNumber', 'position', 'hint', 'detail', 'requestId', 'httpStatus'] as const;

/**
 * The base of every error of this package.
 *
 * `isInstance` works across copies of the package in one process, where `instanceof` does not.
 */
export abstract class DataApiError extends Error {
  /** The kind of failure; each class has its own. */
  abstract readonly code: DataApiErrorCode;
  /** Whether the statement took effect. Once a transaction has undone it, and throws the error, `no`. */
  readonly executed: Executed;
  /** True when the same call may be made again without executing anything twice, and may then succeed. */
  readonly retryable: boolean;
  /** Five-character SQLSTATE, when the database refused the statement. */
  declare readonly sqlState?: string;
  /** MySQL's error number, for example 1146. */
  declare readonly errorNumber?: number;
  /** One-based character position that PostgreSQL reports. It counts in the statement that PostgreSQL saw, where each placeholder is `$n`. */
  declare readonly position?: number;
  declare readonly hint?: string;
  declare readonly detail?: string;
  /** The service's request id, for AWS support. */
  declare readonly requestId?: string;
  declare readonly httpStatus?: number;

  constructor(message: string, details: DataApiErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.executed = details.executed ?? 'no';
    this.retryable = details.retryable ?? false;
    for (const key of optionalDetails) if (details[key] !== undefined) Object.assign(this, { [key]: details[key] });
    Object.defineProperty(this, marker, { value: true });
  }

  static isInstance(value: unknown): value is DataApiError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
