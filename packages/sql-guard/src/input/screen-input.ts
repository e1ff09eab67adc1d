import type { Limits } from '../policy/guard-policy.js';
import type { Violation } from '../verdict/violation.js';
import { outgrownStructure } from './outgrown-structure.js';
import { scanSql, type Token } from './scan-sql.js';

export type ScreenedInput = { readonly ok: true; readonly parameters: readonly Token[] } | { readonly ok: false; readonly violation: Violation };

// NUL ends a C string: the parser would not see what follows it.
const unreadable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether there is certainly nothing unreadable: two built-in scans, where the engine has both, are far faster than the pattern. */
function isReadable(sql: string): boolean {
  const text = sql as string & { isWellFormed?(): boolean };
  return text.isWellFormed?.() === true && !text.includes('\0');
}

const refusal = (rule: Violation['rule'], message: string, hint: string, start: number, end: number): ScreenedInput => ({ ok: false, violation: { rule, message, hint, start, end } });

/** Refuses what must not reach a parser: text it would misread, and text that costs it too much. */
export function screenInput(sql: unknown, limits: Limits): ScreenedInput {
  if (typeof sql !== 'string') return refusal('input-not-text', 'The statement is not a string.', 'Pass one SQL statement as text.', 0, 0);
  if (sql.length > limits.length) return refusal('input-too-long', `The statement has ${String(sql.length)} characters; ${String(limits.length)} are allowed.`, 'Write a shorter statement.', limits.length, sql.length);
  const found = isReadable(sql) ? null : unreadable.exec(sql);
  if (found !== null) return refusal('input-not-text', 'The statement holds a NUL character or half of a surrogate pair.', 'Send well-formed text.', found.index, found.index + 1);
  const parameters: Token[] = [];
  let tokens = 0;
  let overflow = -1;
  const problem = scanSql(sql, limits, (kind, start, end) => {
    tokens += 1;
    if (tokens === limits.tokens + 1) overflow = start;
    if (kind === 'parameter') parameters.push({ kind, start, end });
  });
  if (problem !== null) return refusal(problem.rule, problem.message, 'Write the statement plainly, without hints or needless nesting.', problem.start, problem.end);
  if (tokens === 0) return refusal('input-empty', 'There is no statement.', 'Write one SELECT statement.', 0, sql.length);
  if (overflow >= 0) return refusal('input-too-long', `The statement has more than ${String(limits.tokens)} tokens.`, 'Write a shorter statement.', overflow, sql.length);
  // Each level takes a token or more, and most statements have too few to be too deep.
  const outgrown = tokens > 2 * limits.expressionDepth ? outgrownStructure(sql, limits) : null;
  if (outgrown !== null) return refusal('limit', outgrown.message, outgrown.hint, outgrown.start, sql.length);
  return { ok: true, parameters };
}
