import type { Executed } from '../errors/executed.js';
import { isBusyMessage } from './is-busy-message.js';
import { parseDatabaseMessage, type DatabaseMessage } from '../errors/parse-database-message.js';

/** Answers by which the service says that it did not run the statement. */
const refusals: ReadonlySet<string> = new Set([
  'AccessDeniedException', 'ForbiddenException', 'DatabaseNotFoundException', 'DatabaseResumingException', 'HttpEndpointNotEnabledException',
  'InvalidResourceStateException', 'InvalidSecretException', 'NotFoundException', 'SecretsErrorException', 'TransactionNotFoundException', 'ValidationException',
  // Refused by the service's front, before it reaches the database:
  'ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown',
  'ExpiredTokenException', 'IncompleteSignature', 'InvalidSignatureException', 'MissingAuthenticationTokenException', 'RequestExpired',
  'RequestInTheFuture', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch', 'UnrecognizedClientException',
]);

/**
 * Reads from an error of the SDK, met after the request was handed to the HTTP handler, whether the statement took effect.
 *
 * When in doubt the answer is `unknown`: HTTP 5xx, a connection that broke, a deadline, a statement timeout.
 */
export function faultOutcome(error: unknown): Executed {
  const { name, message, code, syscall } = faultParts(error);
  if (refusals.has(name)) return 'no';
  if (name === 'UnsupportedResultException') return 'yes';
  if (name === 'DatabaseErrorException' || name === 'BadRequestException') {
    if (isBusyMessage(message)) return 'no';
    return refusedByDatabase(parseDatabaseMessage(message)) ? 'no' : 'unknown';
  }
  if (name === 'CredentialsProviderError' || isVersionMismatch(message)) return 'no';
  if (syscall === 'connect' || syscall === 'getaddrinfo') return 'no';
  if (isHandshakeFault(code, message)) return 'no';
  return 'unknown';
}

/** MySQL: the server is going down, the connection was lost. */
const lostConnections: ReadonlySet<number> = new Set([1053, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013]);

/** A statement that fails with an SQLSTATE or MySQL's number is undone, save when it was the connection or the server that failed. */
function refusedByDatabase({ sqlState, errorNumber }: DatabaseMessage): boolean {
  if (errorNumber !== undefined && lostConnections.has(errorNumber)) return false;
  if (sqlState === undefined) return errorNumber !== undefined;
  return !(sqlState.startsWith('08') || sqlState.startsWith('57P') || sqlState.startsWith('58') || sqlState.startsWith('XX') || sqlState === '40003');
}

/** The SDK puts its middlewares partly into clients, partly into commands: those of two versions may not make a whole, and nothing is sent. */
export function isVersionMismatch(message: string): boolean {
  return /is not found when adding .+ middleware/u.test(message);
}

function isHandshakeFault(code: string, message: string): boolean {
  if (message.includes('before secure TLS connection was established')) return true;
  if (message.includes('without establishing a connection')) return true;
  return code.startsWith('CERT_') || code.startsWith('ERR_TLS_') || code.startsWith('UNABLE_TO_') || code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'SELF_SIGNED_CERT_IN_CHAIN';
}

/** The fields of an unknown error that tell its kind; absent ones are empty. */
export function faultParts(error: unknown): { readonly name: string; readonly message: string; readonly code: string; readonly syscall: string } {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? Object(error) : {};
  const text = (key: string): string => {
    const value = fields[key];
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), message: text('message'), code: text('code'), syscall: text('syscall') };
}
