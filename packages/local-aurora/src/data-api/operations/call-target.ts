import { readString, type RequestBody, requireString } from '../request/request-members.js';
import { ServiceError } from '../service-error.js';
import type { SessionTarget } from '../session/session.js';
import type { OperationContext } from './operation-context.js';

const arnLength = { minimum: 11, maximum: 100 };

/** Whom a call speaks to and as whom. */
export interface CallTarget {
  readonly secretArn: string;
  readonly database: string | undefined;
  readonly session: SessionTarget;
}

/**
 * Reads the cluster, the secret and the database of a call.
 *
 * @throws {ServiceError} ValidationException, HttpEndpointNotEnabledException or SecretsErrorException
 */
export function readCallTarget({ resourceArn: served, secrets }: OperationContext, body: RequestBody): CallTarget {
  const resourceArn = requireString(body, 'resourceArn', arnLength);
  const secretArn = requireString(body, 'secretArn', arnLength);
  const database = readString(body, 'database', { maximum: 64 });
  if (readString(body, 'schema') !== undefined) throw new ServiceError('ValidationException', "The schema parameter isn't supported");
  if (resourceArn !== served) throw new ServiceError('HttpEndpointNotEnabledException', `HttpEndpoint is not enabled for resource ${resourceArn}`);
  return { secretArn, database, session: secrets.target(secretArn, database) };
}
