import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../service-error.js';

const scheme = 'AWS4-HMAC-SHA256';

/**
 * Sees to it that a call is signed with Signature Version 4 for this service. The signature itself is not computed: a
 * local server knows no keys, but a client that forgets to sign must fail here as it would in the cloud. With an access
 * key id, calls in the name of another are refused; one that nobody can guess keeps other users of the machine out.
 *
 * @throws {ServiceError} with status 403
 */
export function requireSignature(headers: IncomingHttpHeaders, accessKeyId?: string): void {
  const { authorization } = headers;
  if (authorization === undefined) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [given, ...rest] = authorization.split(' ');
  if (given !== scheme) throw new ServiceError('IncompleteSignatureException', `Unsupported AWS 'algorithm': '${given ?? ''}'`);
  const parts = new Map(rest.join(' ').split(',').map((part): [string, string] => {
    const [name = '', value = ''] = part.trim().split('=', 2);
    return [name, value];
  }));
  for (const part of ['Credential', 'SignedHeaders', 'Signature']) {
    if (!parts.get(part)) throw new ServiceError('IncompleteSignatureException', `Authorization header requires '${part}' parameter.`);
  }
  if (headers['x-amz-date'] === undefined && headers.date === undefined) {
    throw new ServiceError('IncompleteSignatureException', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const [signer, , , service, terminator] = (parts.get('Credential') ?? '').split('/');
  if (service !== 'rds-data' || terminator !== 'aws4_request') {
    throw new ServiceError('InvalidSignatureException', "Credential should be scoped to correct service: 'rds-data'.");
  }
  if (accessKeyId !== undefined && signer !== accessKeyId) {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
}
