import { Readable } from 'node:stream';

/** A response body as a string, with its size on the wire. */
export interface CollectedText {
  readonly text: string;
  readonly bytes: number;
}

/** Reads a response body of any form that SDK request handlers give: a Node stream, a web stream, bytes or a string. */
export async function collectText(body: unknown): Promise<CollectedText> {
  if (body === undefined || body === null) return { text: '', bytes: 0 };
  if (typeof body === 'string') return { text: body, bytes: Buffer.byteLength(body) };
  if (body instanceof Uint8Array) return fromChunks([body]);
  if (body instanceof Readable) return fromChunks(await readNodeStream(body));
  if (body instanceof ReadableStream) return fromChunks(await readWebStream(body));
  if (body instanceof Blob) return fromChunks([new Uint8Array(await body.arrayBuffer())]);
  throw new TypeError(`The HTTP handler answered with a body of an unknown form (${typeof body}).`);
}

function fromChunks(chunks: readonly Uint8Array[]): CollectedText {
  const [first] = chunks;
  const whole = chunks.length === 1 && first ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(chunks);
  return { text: whole.toString('utf8'), bytes: whole.byteLength };
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
