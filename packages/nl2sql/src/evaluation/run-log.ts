import { appendFile, readFile } from 'node:fs/promises';
import { Nl2SqlError } from '../nl2sql-error.js';
import { caseResultSchema, type CaseResult } from './case-result.js';

/** Where a run keeps its results as they come, so that it can go on after it was interrupted. */
export interface RunLog {
  read(): Promise<readonly CaseResult[]>;
  append(result: CaseResult): Promise<void>;
}

/**
 * A log in a file of JSON Lines. A last line cut short by a crash is passed over; its case is asked again.
 *
 * @throws Nl2SqlError `report-invalid` for a broken line that is not the last.
 */
export function fileRunLog(path: string): RunLog {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const lines = text.split('\n');
      return lines.flatMap((line, index) => {
        if (line.trim() === '') return [];
        const read = caseResultSchema.safeParse(parse(line));
        if (read.success) return [read.data];
        if (index === lines.length - 1) return [];
        throw new Nl2SqlError({ code: 'report-invalid', message: `Line ${index + 1} of ${path} is no result of a case.` });
      });
    },
    append: (result) => appendFile(path, `${JSON.stringify(result)}\n`),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
