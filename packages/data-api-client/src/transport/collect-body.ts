import { Readable } from 'node:stream';

/** Reads a response body of any form that SDK request handlers give: a Node stream, a web stream, bytes or a string. */
export async function collectBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return viewOf(body);
  if (body instanceof Readable) return joined(await readNodeStream(body));
  if (body instanceof ReadableStream) return joined(await readWebStream(body));
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  throw new TypeError(`The HTTP handler answered with a body of an unknown form (${typeof body}).`);
}

function joined(chunks: readonly Uint8Array[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first ? viewOf(first) : Buffer.concat(chunks);
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readNodeStream(stream: Readable): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    stream.on('data', (chunk: Uint8Array | string) => chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    stream.once('end', () => resolve(chunks));
    stream.once('error', reject);
    // A connection that breaks in mid-body may end in `close` alone, without `error`.
    stream.once('close', () => reject(Object.assign(new Error('The connection closed before the whole answer had arrived.'), { code: 'ECONNRESET' })));
  });
}

async function readWebStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
