import { Nl2SqlError } from '../nl2sql-error.js';

const longestEvent = 1024 * 1024;

/**
 * Yields the `data` of each event of a server-sent event stream.
 * Source of the format: WHATWG HTML, section 9.2.6, "Interpreting an event stream".
 *
 * @throws Nl2SqlError `model-malformed-response` for an event of more than 1 MiB.
 */
export async function* readServerSentEvents(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string, void, undefined> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > longestEvent) throw new Nl2SqlError({ code: 'model-malformed-response', message: `An event of the stream is longer than ${longestEvent} characters.` });
    // A carriage return at the very end may be the first half of CRLF: leave it for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      }
    }
  }
  if (rest.startsWith('data:')) data.push(rest.slice(5).trim());
  if (data.length > 0) yield data.join('\n');
}
