import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import { evaluationCaseSchema, type EvaluationCase } from './evaluation-case.js';

const questionsSchema = z.array(z.object({ question_id: z.union([z.number(), z.string()]), db_id: z.string(), question: z.string(), evidence: z.string().nullish(), SQL: z.string(), difficulty: z.string().nullish() }));

/**
 * Reads BIRD's questions file (dev or mini-dev JSON). The evidence becomes the case's hint, the difficulty a tag.
 *
 * @throws Nl2SqlError `dataset-invalid`
 */
export function loadBirdCases(json: string): readonly EvaluationCase[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new Nl2SqlError({ code: 'dataset-invalid', message: 'The file is no JSON.' });
  }
  const read = questionsSchema.safeParse(parsed);
  if (!read.success) throw new Nl2SqlError({ code: 'dataset-invalid', message: `The file is no list of BIRD questions: ${z.prettifyError(read.error)}`, cause: read.error });
  return read.data.map((entry) =>
    evaluationCaseSchema.parse({
      id: `bird-${entry.question_id}`,
      question: entry.question,
      database: entry.db_id,
      expect: { kind: 'rows', sql: entry.SQL },
      tags: typeof entry.difficulty === 'string' ? [entry.difficulty] : [],
      ...(typeof entry.evidence === 'string' && entry.evidence.trim() !== '' ? { hint: entry.evidence.trim() } : {}),
    }),
  );
}
