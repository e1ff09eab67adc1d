import { z } from 'zod';
import { operationNames } from '../operations/operation.js';
import { serviceErrorNames } from '../service-error.js';

const executed = z.boolean().default(false).describe('Whether the call takes effect although it fails.');

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resuming') }),
  z.strictObject({ kind: z.literal('throttling') }),
  z.strictObject({ kind: z.literal('latency'), milliseconds: z.number().int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('drop-before') }),
  z.strictObject({ kind: z.literal('drop-after') }),
  z.strictObject({ kind: z.literal('statement-timeout'), executed }),
  z.strictObject({ kind: z.literal('error'), name: z.enum(serviceErrorNames), message: z.string().default('Injected fault'), executed }),
]);

/** The shape of a fault rule, checked wherever one comes in. */
export const faultRuleSchema = z.strictObject({
  fault,
  operations: z.array(z.enum(operationNames)).min(1).optional(),
  sql: z.string().min(1).optional(),
  times: z.number().int().min(1).optional(),
  forMs: z.number().int().min(1).optional(),
  probability: z.number().gt(0).max(1).optional(),
});

/**
 * What goes wrong, when. `resuming`, `throttling` and `drop-before` happen before the call takes effect, `drop-after`
 * when it has; `latency` delays the answer's start. A rule applies to all calls unless `operations` or `sql` (a part of
 * the SQL text) narrow it, until it has been hit `times` times or `forMs` milliseconds are over, and then only by
 * `probability` (over 0, up to 1).
 */
export type FaultRule = Readonly<z.input<typeof faultRuleSchema>>;

/** A rule with its defaults filled in. */
export type CheckedFaultRule = Readonly<z.output<typeof faultRuleSchema>>;
