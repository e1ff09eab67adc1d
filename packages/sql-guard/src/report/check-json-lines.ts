import * as z from 'zod';
import type { Guard } from '../guard/guard.js';
import type { GuardedStatement } from '../verdict/verdict.js';
import type { Violation } from '../verdict/violation.js';

const identifier = z.union([z.string(), z.number()]);
const record = z.object({ id: identifier, sql: z.string() });
const named = z.object({ id: identifier });

/** One line of the answer: the record's id and its verdict, or what is wrong with the line. */
export type CheckedLine =
  | { readonly id: string | number; readonly ok: true; readonly statement: GuardedStatement }
  | { readonly id: string | number; readonly ok: false; readonly violations: readonly Violation[] }
  /** The line is no record; `id` is the record's where it has one. */
  | { readonly id: string | number | null; readonly ok: false; readonly line: number; readonly error: string };

/**
 * Checks records `{"id", "sql"}`, one JSON object a line, and yields one answer for each line that is not empty.
 * A line that is no such record is answered as refused, so that nothing passes by being unreadable.
 */
export async function* checkJsonLines(lines: AsyncIterable<string> | Iterable<string>, guard: Guard): AsyncGenerator<CheckedLine> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    yield checkLine(line, number, guard);
  }
}

function checkLine(line: string, number: number, guard: Guard): CheckedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, ok: false, line: number, error: 'The line is not JSON.' };
  }
  const parsed = record.safeParse(value);
  if (!parsed.success) return { id: named.safeParse(value).data?.id ?? null, ok: false, line: number, error: 'The line is not an object with `id` (text or number) and `sql` (text).' };
  const { id, sql } = parsed.data;
  return { id, ...guard.check(sql) };
}
