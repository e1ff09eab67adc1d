import { ServiceError } from '../service-error.js';

/**
 * Refuses a request that was sent to another name than this machine's: a web page can make a browser send requests here
 * through a domain name of its own that resolves to 127.0.0.1, but it can't forge the Host header.
 *
 * @throws {ServiceError} with status 403
 */
export function requireLoopbackHost(host: string | undefined): void {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (name === '127.0.0.1' || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost')) return;
  throw new ServiceError('ForbiddenException', 'This server only answers requests to localhost.');
}
