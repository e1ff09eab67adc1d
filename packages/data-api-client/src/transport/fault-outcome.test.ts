import { expect, test } from 'vitest';
import type { Executed } from '../errors/executed.js';
import { faultOutcome } from './fault-outcome.js';
import { toDataApiError } from './to-data-api-error.js';

const service = (name: string, message = ''): Error => Object.assign(new Error(message), { name, $fault: 'client', $metadata: {} });
const network = (code: string, syscall?: string, message = ''): Error => Object.assign(new Error(message), { code, syscall });

test.each<[string, unknown, Executed, string]>([
  ['a statement that the database refused', service('DatabaseErrorException', 'ERROR: x; SQLState: 42P01'), 'no', 'database-error'],
  ['the same from the first Data API', service('BadRequestException', 'ERROR: x; SQLState: 42P01'), 'no', 'database-error'],
  ['a database error without SQLSTATE', service('DatabaseErrorException', 'Communications link failure'), 'unknown', 'database-error'],
  ['a lost connection behind the service', service('DatabaseErrorException', 'ERROR: x; SQLState: 08006'), 'unknown', 'database-error'],
  ['a server that shuts down', service('DatabaseErrorException', 'ERROR: x; SQLState: 57P01'), 'unknown', 'database-error'],
  ['a statement of unknown completion', service('DatabaseErrorException', 'ERROR: x; SQLState: 40003'), 'unknown', 'database-error'],
  ['a busy transaction', service('BadRequestException', 'Transaction is still running a query'), 'no', 'transaction-busy'],
  ['a MySQL statement that the first Data API saw refused', service('BadRequestException', "Database error code: 1146. Message: Table 'a' doesn't exist"), 'no', 'database-error'],
  ['a MySQL connection that was lost', service('DatabaseErrorException', 'Lost connection; Error code: 2013; SQLState: HY000'), 'unknown', 'database-error'],
  ['an unnamed bad request', service('BadRequestException', 'what'), 'unknown', 'bad-request'],
  ['a result of the first Data API over its limit', service('BadRequestException', 'Database returned more than the allowed response size limit'), 'unknown', 'result-too-large'],
  ['an error that is new', service('BrandNewException'), 'unknown', 'service-error'],
  ['expired credentials', service('ExpiredTokenException'), 'no', 'service-error'],
  ['a refused connection', network('ECONNREFUSED', 'connect'), 'no', 'connection'],
  ['a name that does not resolve', network('ENOTFOUND', 'getaddrinfo'), 'no', 'connection'],
  ['a connection that times out', network('ETIMEDOUT', 'connect'), 'no', 'connection'],
  ['a handshake that breaks', network('ECONNRESET', undefined, 'Client network socket disconnected before secure TLS connection was established'), 'no', 'connection'],
  ['a certificate that is not trusted', network('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'no', 'connection'],
  ['a reset connection', network('ECONNRESET', 'read'), 'unknown', 'connection'],
  ['a request without an answer in time', Object.assign(new Error('timeout'), { name: 'TimeoutError' }), 'unknown', 'connection'],
  ['something that is no error', 'text', 'unknown', 'connection'],
])('%s', (_name, error, executed, code) => {
  expect(faultOutcome(error)).toBe(executed);
  expect(toDataApiError(error, executed, false)).toMatchObject({ code, executed });
});
