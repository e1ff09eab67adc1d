import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { ServiceError } from '../http/service-error.js';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** What a stream of events is sent as. */
export const eventStreamContentType = 'application/vnd.amazon.eventstream';

/** One event as a frame of `application/vnd.amazon.eventstream`, with a JSON payload. */
export function encodeEvent(type: string, payload: unknown): Uint8Array {
  return encode({ ':message-type': 'event', ':event-type': type }, payload);
}

/** An error inside a stream. The response's status is long sent, so the client learns of it by this frame. */
export function encodeException(error: ServiceError): Uint8Array {
  const type = error.name.charAt(0).toLowerCase() + error.name.slice(1);
  return encode({ ':message-type': 'exception', ':exception-type': type }, { message: error.message });
}

function encode(headers: Readonly<Record<string, string>>, payload: unknown): Uint8Array {
  const values = { ...headers, ':content-type': 'application/json' };
  return codec.encode({
    headers: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: 'string' as const, value }])),
    body: fromUtf8(JSON.stringify(payload)),
  });
}
