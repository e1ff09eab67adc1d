import { Nl2SqlError } from '../nl2sql-error.js';

const largestBody = 8 * 1024 * 1024;

/**
 * Reads a response's body as text, up to 8 MiB: an endpoint must not be able to fill the memory.
 *
 * @throws Nl2SqlError `model-malformed-response` for an empty or larger body.
 */
export async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) throw new Nl2SqlError({ code: 'model-malformed-response', message: 'The endpoint sent no body.', retryable: true });
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > largestBody) throw new Nl2SqlError({ code: 'model-malformed-response', message: `The endpoint sent more than ${largestBody} bytes.` });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
