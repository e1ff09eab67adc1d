import type { Writable } from 'node:stream';
import type { AuditSink } from './audit-sink.js';

/**
 * Writes each record as one line of JSON, and waits when the stream is full.
 *
 * @example
 * ```ts
 * const audit = createJsonLinesAudit(createWriteStream('audit.jsonl', { flags: 'a' }));
 * ```
 */
export function createJsonLinesAudit(stream: Writable): AuditSink {
  return {
    record: (record) =>
      new Promise((resolve, reject) => {
        stream.write(`${JSON.stringify(record)}\n`, (error) => (error ? reject(error) : resolve()));
      }),
  };
}
