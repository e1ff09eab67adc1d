import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ServiceError } from '../service-error.js';

/** Sends a JSON body. */
export function answer(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(body);
}

/** Sends an error as the service does: its name in a header, its message in the body. */
export function answerError(response: ServerResponse, error: ServiceError): void {
  const body = error.message === '' ? {} : { message: error.message, ...error.members };
  answer(response, error.status, JSON.stringify(body), { 'x-amzn-errortype': error.name });
}
