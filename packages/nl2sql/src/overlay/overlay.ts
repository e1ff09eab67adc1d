import { z } from 'zod';
import { verifiedQuerySchema } from '../verified-query/verified-query.js';

const words = z.array(z.string().min(1).max(200));
const text = z.string().max(20_000);
const relationName = z.string().regex(/^[^.]+\.[^.]+$/, 'write a relation as schema.relation');
const columnEnd = z.strictObject({ relation: relationName, columns: z.array(z.string().min(1)).min(1) });

const columnOverlaySchema = z.strictObject({
  comment: text.optional(),
  synonyms: words.optional(),
  personal: z.boolean().optional().describe('True keeps the column unsampled; false overrules the detection.'),
  hidden: z.boolean().optional().describe('True leaves the column out of the artifact.'),
  sampleValues: z.array(text).optional(),
  sampleValuesComplete: z.boolean().optional(),
  valueSynonyms: z.record(z.string(), words).optional(),
});

const relationOverlaySchema = z.strictObject({
  comment: text.optional(),
  synonyms: words.optional(),
  hidden: z.boolean().optional().describe('True leaves the relation, and every key to it, out of the artifact.'),
  timeColumn: z.string().optional(),
  labelColumns: z.array(z.string()).optional(),
  columns: z.record(z.string(), columnOverlaySchema).optional(),
});

/** The zod schema of an {@link Overlay}. */
export const overlaySchema = z.strictObject({
  formatVersion: z.literal(1).default(1),
  relations: z.record(relationName, relationOverlaySchema).default({}),
  joins: z
    .array(z.strictObject({ from: columnEnd, to: columnEnd, preferred: z.boolean().optional(), phrases: words.optional(), hidden: z.boolean().optional() }))
    .default([])
    .describe('Hints: adds a way to join, or says more of a key that is there.'),
  metrics: z
    .array(z.strictObject({ name: z.string().min(1), relation: relationName, expression: text.min(1), synonyms: words.default([]), comment: text.nullable().default(null), unit: z.string().nullable().default(null) }))
    .default([]),
  filters: z
    .array(z.strictObject({ name: z.string().min(1), relation: relationName, condition: text.min(1), synonyms: words.default([]), comment: text.nullable().default(null) }))
    .default([]),
  verifiedQueries: z.array(verifiedQuerySchema).default([]),
});

/**
 * What people add to an introspected artifact: words, hints, metrics, named filters and verified queries. Kept in a
 * YAML or JSON file of its own, so that introspecting again loses nothing.
 *
 * @example
 * relations:
 *   sales.orders:
 *     synonyms: [purchase]
 *     timeColumn: ordered_at
 *     columns:
 *       status: { valueSynonyms: { shipped: [sent, dispatched] } }
 */
export type Overlay = z.infer<typeof overlaySchema>;
/** The same before defaults are filled in, as a TypeScript literal. */
export type OverlayInput = z.input<typeof overlaySchema>;
