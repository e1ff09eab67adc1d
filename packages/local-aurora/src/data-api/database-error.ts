import { isMysqlError, mysqlMessage } from './mysql/mysql-error.js';
import { NoFreeSession } from './session/session-pool.js';
import { UnexpectedMessage } from './session/statement-query.js';
import { ServiceError } from './service-error.js';

interface PostgresError extends Error {
  readonly code: string;
  readonly hint?: string;
  readonly position?: string;
}

const isPostgresError = (error: unknown): error is PostgresError =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';

/**
 * The database's error as the service words it, such as `ERROR: relation "x" does not exist; Position: 15; SQLState: 42P01`.
 * PostgreSQL's details are left out, as the service does.
 */
export function databaseError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof NoFreeSession) return new ServiceError('DatabaseErrorException', 'ERROR: sorry, too many clients already; SQLState: 53300');
  if (error instanceof UnexpectedMessage) return new ServiceError('DatabaseErrorException', error.message);
  if (isMysqlError(error)) return new ServiceError('DatabaseErrorException', mysqlMessage(error));
  if (!isPostgresError(error)) return new ServiceError('DatabaseUnavailableException', 'The database could not be reached.');
  if (isMultistatement(error)) return new ServiceError('ValidationException', "Multistatements aren't supported");
  const parts = [`ERROR: ${error.message}`];
  if (error.hint) parts.push(`Hint: ${error.hint}`);
  if (error.position) parts.push(`Position: ${error.position}`);
  parts.push(`SQLState: ${error.code}`);
  return new ServiceError('DatabaseErrorException', parts.join('; '));
}

/** PostgreSQL's own parser says so: no text of several statements can be prepared. */
function isMultistatement({ code, message }: PostgresError): boolean {
  return code === '42601' && message === 'cannot insert multiple commands into a prepared statement';
}
