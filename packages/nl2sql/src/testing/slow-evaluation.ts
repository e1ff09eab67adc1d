import { evaluate } from '../evaluation/evaluate.js';
import type { EvaluationCase } from '../evaluation/evaluation-case.js';
import { fileRunLog } from '../evaluation/run-log.js';

/**
 * A program that evaluates sixty cases of some milliseconds, two at a time, with its log in a file, to be killed in the
 * middle. Usage: slow-evaluation.ts LOG
 */
const cases: readonly EvaluationCase[] = Array.from({ length: 60 }, (_unused, index) => ({ id: `case ${index}`, question: `question ${index}`, expect: { kind: 'rows', sql: `SELECT ${index}`, ordered: false }, tags: [] }));

await evaluate({
  cases,
  concurrency: 2,
  log: fileRunLog(process.argv[2] ?? ''),
  system: {
    id: 'slow',
    async answer({ expect }) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { kind: 'statement', sql: expect.kind === 'rows' ? String(expect.sql) : '', parameters: {}, attempts: 1 };
    },
  },
  execute: ({ sql }) => Promise.resolve([[sql]]),
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
