import { appendFile, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import { caseResultSchema, type CaseResult } from './case-result.js';

const entrySchema = caseResultSchema.extend({ system: z.string().optional() });

/** A result in a log, with the system that gave it. */
export type RunLogEntry = CaseResult & { readonly system?: string | undefined };

/** Where a run keeps its results as they come, so that it can go on after it was interrupted. */
export interface RunLog {
  read(): Promise<readonly RunLogEntry[]>;
  append(entry: RunLogEntry): Promise<void>;
}

/**
 * A log in a file of JSON Lines. A last line cut short by a crash is taken off when the log is read; its case is asked
 * again.
 *
 * @throws Nl2SqlError `report-invalid` for a broken line that is not the last.
 */
export function fileRunLog(path: string): RunLog {
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const cut = text.slice(whole.length);
      const entries = whole.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readEntry(line, `Line ${index + 1} of ${path} is no result of a case.`)]));
      if (cut !== '') await truncateTo(path, Buffer.byteLength(whole));
      return entries;
    },
    // One at a time: cases end when they like.
    append(entry) {
      writing = writing.catch(() => undefined).then(() => appendFile(path, `${JSON.stringify(entry)}\n`));
      return writing;
    },
  };
}

function readEntry(line: string, fault: string): RunLogEntry {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    parsed = undefined;
  }
  const read = entrySchema.safeParse(parsed);
  if (!read.success) throw new Nl2SqlError({ code: 'report-invalid', message: fault });
  return read.data;
}

/** What is appended must start a line of its own. */
async function truncateTo(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
  } finally {
    await file.close();
  }
}
