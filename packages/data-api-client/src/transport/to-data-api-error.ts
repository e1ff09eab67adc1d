import { AccessDeniedError } from '../errors/access-denied-error.js';
import { BadRequestError } from '../errors/bad-request-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ConnectionError } from '../errors/connection-error.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { DataApiError, type DataApiErrorDetails } from '../errors/data-api-error.js';
import { DatabaseError } from '../errors/database-error.js';
import { DatabaseNotFoundError } from '../errors/database-not-found-error.js';
import { DatabaseResumingError } from '../errors/database-resuming-error.js';
import { DatabaseUnavailableError } from '../errors/database-unavailable-error.js';
import type { Executed } from '../errors/executed.js';
import { ForbiddenError } from '../errors/forbidden-error.js';
import { HttpEndpointNotEnabledError } from '../errors/http-endpoint-not-enabled-error.js';
import { InternalServerError } from '../errors/internal-server-error.js';
import { InvalidResourceStateError } from '../errors/invalid-resource-state-error.js';
import { InvalidSecretError } from '../errors/invalid-secret-error.js';
import { NotFoundError } from '../errors/not-found-error.js';
import { parseDatabaseMessage } from '../errors/parse-database-message.js';
import { ResultTooLargeError } from '../errors/result-too-large-error.js';
import { SecretsError } from '../errors/secrets-error.js';
import { ServiceError } from '../errors/service-error.js';
import { ServiceUnavailableError } from '../errors/service-unavailable-error.js';
import { StatementTimeoutError } from '../errors/statement-timeout-error.js';
import { ThrottlingError } from '../errors/throttling-error.js';
import { TransactionBusyError } from '../errors/transaction-busy-error.js';
import { TransactionNotFoundError } from '../errors/transaction-not-found-error.js';
import { UnsupportedResultError } from '../errors/unsupported-result-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { faultParts, isVersionMismatch } from './fault-outcome.js';
import { isBusyMessage } from './is-busy-message.js';

type ErrorClass = new (message: string, details: DataApiErrorDetails) => DataApiError;

const byName: Readonly<Record<string, { readonly make: ErrorClass; readonly transient?: boolean }>> = {
  AccessDeniedException: { make: AccessDeniedError },
  BadRequestException: { make: BadRequestError },
  DatabaseNotFoundException: { make: DatabaseNotFoundError },
  DatabaseResumingException: { make: DatabaseResumingError, transient: true },
  DatabaseUnavailableException: { make: DatabaseUnavailableError, transient: true },
  ForbiddenException: { make: ForbiddenError },
  HttpEndpointNotEnabledException: { make: HttpEndpointNotEnabledError },
  InternalFailure: { make: InternalServerError, transient: true },
  InternalServerErrorException: { make: InternalServerError, transient: true },
  InvalidResourceStateException: { make: InvalidResourceStateError },
  InvalidSecretException: { make: InvalidSecretError },
  NotFoundException: { make: NotFoundError },
  SecretsErrorException: { make: SecretsError },
  ServiceUnavailableError: { make: ServiceUnavailableError, transient: true },
  StatementTimeoutException: { make: StatementTimeoutError },
  ThrottlingException: { make: ThrottlingError, transient: true },
  TooManyRequestsException: { make: ThrottlingError, transient: true },
  TransactionNotFoundException: { make: TransactionNotFoundError },
  ValidationException: { make: ValidationError },
};

/** Turns what the SDK threw into this package's error; `executed` is what the call's attempts together tell. */
export function toDataApiError(error: unknown, executed: Executed, idempotent: boolean): DataApiError {
  if (DataApiError.isInstance(error)) return error;
  const { name, message } = faultParts(error);
  const details = (transient: boolean): DataApiErrorDetails => ({
    ...serviceMetadata(error),
    executed,
    retryable: transient && (executed === 'no' || idempotent),
    cause: error,
  });

  if (isBusyMessage(message)) return new TransactionBusyError(message, details(true));
  const parts = parseDatabaseMessage(message);
  if (name === 'DatabaseErrorException' || (name === 'BadRequestException' && (parts.sqlState ?? parts.errorNumber) !== undefined)) {
    const transient = parts.sqlState === '40001' || parts.sqlState === '40P01';
    return new DatabaseError(parts.message, { ...details(transient), ...parts });
  }
  if (name === 'UnsupportedResultException' || isTooLarge(message)) {
    const ErrorType = isTooLarge(message) ? ResultTooLargeError : UnsupportedResultError;
    return new ErrorType(message, details(false));
  }
  if (name === 'StatementTimeoutException') return new StatementTimeoutError(message, { ...details(false), ...connectionId(error) });
  const known = byName[name];
  if (known) return new known.make(name === 'InternalFailure' && !isSaid(message) ? unsaid : message, details(known.transient ?? false));
  if (name === 'CredentialsProviderError') return new CredentialsError(message, details(false));
  if (isVersionMismatch(message)) return new ConfigurationError(otherVersion, details(false));
  if (isServiceFault(error)) return new ServiceError(message, { ...details(false), serviceCode: name });
  return new ConnectionError(message === '' ? 'The connection to the Data API failed.' : message, details(true));
}

/** What the service answers, as a bare InternalFailure, to a result that it cannot write: known of infinite dates. */
const unsaid = 'The Data API failed without saying why. Dates and timestamps that are infinite make it do so, whenever they are in the result: cast such columns to text.';

const otherVersion =
  'The client that was given is of another version of @aws-sdk/client-rds-data than the commands of this package, and the two do not fit. Install one version of it for both (npm ls @aws-sdk/client-rds-data), or give region, endpoint and credentials in place of a client.';

/** The SDK puts a word of its own where the service said nothing. */
function isSaid(message: string): boolean {
  return message !== '' && message !== 'UnknownError';
}

function isTooLarge(message: string): boolean {
  return /exceeds the size limit|more than the allowed response size limit/iu.test(message);
}

function isServiceFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$fault' in error;
}

function serviceMetadata(error: unknown): Pick<DataApiErrorDetails, 'requestId' | 'httpStatus'> {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return {};
  const metadata = error.$metadata as { readonly requestId?: unknown; readonly httpStatusCode?: unknown } | undefined;
  return {
    ...(typeof metadata?.requestId === 'string' ? { requestId: metadata.requestId } : {}),
    ...(typeof metadata?.httpStatusCode === 'number' ? { httpStatus: metadata.httpStatusCode } : {}),
  };
}

function connectionId(error: unknown): { readonly connectionId?: number } {
  const id = typeof error === 'object' && error !== null && 'dbConnectionId' in error ? error.dbConnectionId : undefined;
  return typeof id === 'number' ? { connectionId: id } : {};
}
