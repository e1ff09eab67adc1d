import { z } from 'zod';
import type { Frozen } from '../artifact/frozen.js';

const identifier = z.string().min(1).max(256);

const lookupSchema = z.object({ schema: identifier, relation: identifier, column: identifier });

const parameterSchema = z.object({
  name: z.string().regex(/^[a-z_][a-z0-9_]*$/i, 'a parameter is named with letters, digits and underscores'),
  type: z.enum(['text', 'integer', 'number', 'date', 'boolean']),
  description: z.string().nullable().default(null),
  values: lookupSchema.optional().describe('The column whose values the parameter takes.'),
});

/** The zod schema of a {@link VerifiedQuery}. */
export const verifiedQuerySchema = z.object({
  id: z.string().min(1).max(200),
  question: z.string().min(1).max(2_000).describe('May hold {parameter} slots: "Which courses does {student} take?"'),
  alternatives: z.array(z.string().min(1).max(2_000)).default([]).describe('Other wordings with the same slots.'),
  sql: z.string().min(1).max(100_000).describe('One SELECT with a :name parameter for each slot.'),
  parameters: z.array(parameterSchema).default([]),
});

/** A question with SQL that a person has checked. A question that matches it is answered by its SQL, not by a model. */
export type VerifiedQuery = Frozen<z.infer<typeof verifiedQuerySchema>>;
/** A slot of a verified question and the `:name` of its SQL. */
export type VerifiedQueryParameter = VerifiedQuery['parameters'][number];
