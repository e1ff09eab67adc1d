import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';

/**
 * Checks the rows of a catalog query.
 *
 * @throws Nl2SqlError `introspection-failed` naming the first column that is not as expected
 */
export function readRows<T>(schema: z.ZodType<T>, rows: readonly Record<string, unknown>[]): T[] {
  const parsed = z.array(schema).safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Nl2SqlError({ code: 'introspection-failed', message: `The query runner gave rows of an unexpected shape: ${issue?.path.join('.')}: ${issue?.message}. Columns are expected by name, booleans as booleans.`, cause: parsed.error });
}
