import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.js';

/** Reads a request's body as text. @throws {ServiceError} when headers and body are together larger than the limit */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = request.rawHeaders.reduce((sum, header) => sum + header.length + 2, 0);
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) {
      request.resume();
      throw new ServiceError('BadRequestException', `The request is larger than the limit of ${limitBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
