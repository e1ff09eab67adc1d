import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.js';

/** A body this many times over the limit is cut off; a smaller one is read to its end, so that the caller hears why it was refused. */
const patience = 16;

/** Reads a request's body as text. @throws {ServiceError} when headers and body are together larger than the limit */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = request.rawHeaders.reduce((sum, header) => sum + header.length + 2, 0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
    else if (bytes > limitBytes * patience) break;
  }
  if (bytes > limitBytes) throw new ServiceError('BadRequestException', `The request is larger than the limit of ${limitBytes} bytes.`);
  return Buffer.concat(chunks).toString('utf8');
}
