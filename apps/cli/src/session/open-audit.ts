import { createJsonLinesAudit, type AuditSink } from '@ask-aurora/agent-actions';
import { closeSync, createWriteStream, openSync } from 'node:fs';
import { CliError } from '../cli-error.js';

/** The audit of one command: JSON lines appended to a file, or nothing kept when no file is named. */
export function openAudit(file: string | undefined): { readonly sink: AuditSink; close(): Promise<void> } {
  if (file === undefined) return { sink: { record: () => undefined }, close: () => Promise.resolve() };
  try {
    closeSync(openSync(file, 'a'));
  } catch (cause) {
    throw new CliError('file-unwritable', `The audit file "${file}" cannot be written. Name a file in a folder that you may write to.`, { cause });
  }
  const stream = createWriteStream(file, { flags: 'a' });
  return { sink: createJsonLinesAudit(stream), close: () => new Promise((resolve) => stream.end(resolve)) };
}
