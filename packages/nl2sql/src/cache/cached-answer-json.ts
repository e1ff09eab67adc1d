import { z } from 'zod';
import type { CachedAnswer } from './question-cache.js';

const schema = z.object({ sql: z.string().min(1), parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), explanation: z.string(), confidence: z.number().min(0).max(1) });

/** Reads an answer back from a store; null for anything that is none, as after an upgrade. */
export function readCachedAnswer(value: unknown): CachedAnswer | null {
  const read = schema.safeParse(value);
  return read.success ? read.data : null;
}

/** Parses JSON from a store; undefined when it is none. */
export function parseStored(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
