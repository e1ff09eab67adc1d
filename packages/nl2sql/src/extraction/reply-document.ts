import { z } from 'zod';
import type { ParameterValue } from '../pipeline/parameter-value.js';

const text = z.string().nullish();

const documentSchema = z.object({
  sql: text,
  parameters: z.record(z.string(), z.unknown()).nullish(),
  explanation: text,
  confidence: z.union([z.number(), z.string()]).nullish(),
  abstain: z.union([z.string(), z.boolean()]).nullish(),
  clarification: text,
});

/** What a model's JSON says, once its shape is checked. */
export type ReplyDocument =
  | { readonly kind: 'statement'; readonly sql: string; readonly parameters: Readonly<Record<string, ParameterValue>>; readonly explanation: string; readonly confidence: number | null }
  | { readonly kind: 'abstention'; readonly reason: string }
  | { readonly kind: 'clarification'; readonly question: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads the JSON of a reply: `{ sql, parameters, explanation, confidence }`, `{ abstain }` or `{ clarification }`.
 * A reply that abstains or asks and also holds SQL is taken at its most careful word. Null when it is no such document.
 */
export function readReplyDocument(value: unknown): ReplyDocument | null {
  const read = documentSchema.safeParse(value);
  if (!read.success) return isRecord(value) && 'sql' in value ? { kind: 'invalid', reason: 'The fields of the reply have the wrong types.' } : null;
  const { sql, parameters, explanation, confidence, abstain, clarification } = read.data;
  if (isSaid(abstain)) return { kind: 'abstention', reason: typeof abstain === 'string' ? abstain.trim() : (explanation ?? 'The model gave no reason.') };
  if (isSaid(clarification)) return { kind: 'clarification', question: clarification.trim() };
  if (!isSaid(sql)) return isRecord(value) && ('sql' in value || 'abstain' in value) ? { kind: 'invalid', reason: 'The reply holds neither a statement nor a reason for none.' } : null;
  const values = scalarParameters(parameters ?? {});
  if (values === null) return { kind: 'invalid', reason: 'A parameter is not a text, a number, a boolean or null.' };
  return { kind: 'statement', sql: sql.trim(), parameters: values, explanation: explanation?.trim() ?? '', confidence: readConfidence(confidence) };
}

function isSaid<T extends string | boolean>(value: T | null | undefined): value is T {
  return typeof value === 'string' ? value.trim() !== '' && !/^(?:null|none|false|n\/a)$/i.test(value.trim()) : value === true;
}

function scalarParameters(parameters: Readonly<Record<string, unknown>>): Record<string, ParameterValue> | null {
  const values: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    values[name.replace(/^:/, '')] = value;
  }
  return values;
}

function readConfidence(value: number | string | null | undefined): number | null {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (number === null || number === undefined || !Number.isFinite(number)) return null;
  const share = number > 1 ? number / 100 : number;
  return Math.min(1, Math.max(0, share));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
