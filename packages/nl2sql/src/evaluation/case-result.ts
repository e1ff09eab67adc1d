import { z } from 'zod';

const usageSchema = z.object({ modelCalls: z.number(), inputTokens: z.number(), outputTokens: z.number(), cacheReadTokens: z.number(), cacheWriteTokens: z.number(), cost: z.number().nullable() });

/**
 * `strict` and `subset`: right rows. `wrong`: rows that are not the gold ones, or rows where none can be right.
 * `abstained`, `clarified`, `refused`: no rows. `failed`: the system or its statement failed. `gold-failed`: the case's own
 * SQL did, and the case counts nowhere.
 */
export const outcomes = ['strict', 'subset', 'wrong', 'abstained', 'clarified', 'refused', 'failed', 'gold-failed'] as const;
export type CaseOutcome = (typeof outcomes)[number];

export const caseResultSchema = z.object({
  id: z.string(),
  question: z.string(),
  tags: z.array(z.string()),
  database: z.string().nullable(),
  expected: z.enum(['rows', 'abstain', 'refuse']),
  outcome: z.enum(outcomes),
  correct: z.boolean().describe('Strictly right: the gold rows, or an abstention or refusal where one is right.'),
  correctBySubset: z.boolean().describe('Right, also with columns nobody asked for.'),
  sql: z.string().nullable(),
  goldSql: z.string().nullable().describe('The gold statement that matched, or the first.'),
  reason: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  latencyMs: z.number().nonnegative(),
  usage: usageSchema.nullable(),
});

/** How one case ended. */
export type CaseResult = Readonly<z.infer<typeof caseResultSchema>>;
