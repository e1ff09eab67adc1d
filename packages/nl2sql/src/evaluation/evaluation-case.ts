import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';

const expectationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rows'),
    sql: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('The gold statement, or several of which each is right.'),
    ordered: z.boolean().default(false).describe('Whether the order of the rows counts.'),
  }),
  z.object({ kind: z.literal('abstain') }),
  z.object({ kind: z.literal('refuse') }),
]);

/** The zod schema of one line of a dataset. */
export const evaluationCaseSchema = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  expect: expectationSchema,
  database: z.string().optional().describe('Where the question is asked, for datasets over several databases.'),
  hint: z.string().optional().describe('What the asker is assumed to know, such as BIRD\'s evidence. Handed to the system beside the question.'),
  tags: z.array(z.string()).default([]).describe('The report breaks its figures down by these.'),
});

/** A question and what is right for it. */
export type EvaluationCase = Readonly<z.infer<typeof evaluationCaseSchema>>;

/**
 * Reads a dataset: JSON Lines, one case a line, blank lines and lines that start with `//` are passed over.
 *
 * @example
 * parseCases('{"id":"1","question":"How many students?","expect":{"kind":"rows","sql":"SELECT count(*) FROM students"}}')
 *
 * @throws Nl2SqlError `dataset-invalid` with the line's number; also for an id that comes twice.
 */
export function parseCases(text: string): readonly EvaluationCase[] {
  const seen = new Set<string>();
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('//')) return [];
    const entry = readLine(line, index + 1);
    if (seen.has(entry.id)) throw new Nl2SqlError({ code: 'dataset-invalid', message: `Line ${index + 1}: the id ${JSON.stringify(entry.id)} comes twice.` });
    seen.add(entry.id);
    return [entry];
  });
}

/** Writes cases as JSON Lines. */
export function formatCases(cases: readonly EvaluationCase[]): string {
  return cases.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function readLine(line: string, number: number): EvaluationCase {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Nl2SqlError({ code: 'dataset-invalid', message: `Line ${number} is no JSON.` });
  }
  const read = evaluationCaseSchema.safeParse(parsed);
  if (!read.success) throw new Nl2SqlError({ code: 'dataset-invalid', message: `Line ${number}: ${z.prettifyError(read.error)}`, cause: read.error });
  return read.data;
}
