import type { Limits } from '../policy/guard-policy.js';
import type { Violation } from '../verdict/violation.js';

export interface MysqlToken {
  readonly kind: 'word' | 'name' | 'literal' | 'number' | 'parameter' | 'symbol';
  readonly start: number;
  readonly end: number;
}

export type ScreenedMysql = { readonly ok: true; readonly tokens: readonly MysqlToken[] } | { readonly ok: false; readonly violation: Violation };

/** Deeper parentheses make node-sql-parser take exponential time. */
const MAXIMUM_NESTING = 10;

const unreadable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const number = /\.[0-9]+(?:e[+-]?[0-9]+)?|[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]+)?/iy;
const wordPart = /[\p{L}\p{N}_$]/u;
/** What MySQL takes for space. Other spaces of Unicode are letters to it. */
const space = /[ \t\r\n]/;
const symbols = /[()*+,\-./;<=>%&|^~!]/;
/** With a space before the parenthesis MySQL takes these for functions that someone stored, unless sql_mode says otherwise. */
const adjoined = new Set(
  'ADDDATE BIT_AND BIT_OR BIT_XOR CAST COUNT CURDATE CURTIME DATE_ADD DATE_SUB EXTRACT GROUP_CONCAT MAX MID MIN NOW POSITION SESSION_USER STD STDDEV STDDEV_POP STDDEV_SAMP SUBDATE SUBSTR SUBSTRING SUM SYSDATE SYSTEM_USER TRIM VARIANCE VAR_POP VAR_SAMP'.split(' '),
);

/**
 * Reads a statement by the one part of MySQL's lexical rules that does not depend on sql_mode, and refuses the rest:
 * conditional comments, hints, `--` without a space, backslashes and double quotes, user variables.
 */
export function screenMysql(sql: unknown, limits: Limits): ScreenedMysql {
  const refuse = (rule: Violation['rule'], message: string, hint: string, start: number, end: number): ScreenedMysql => ({ ok: false, violation: { rule, message, hint, start, end } });
  if (typeof sql !== 'string') return refuse('input-not-text', 'The statement is not a string.', 'Pass one SQL statement as text.', 0, 0);
  if (sql.length > limits.length) return refuse('input-too-long', `The statement has more than ${String(limits.length)} characters.`, 'Write a shorter statement.', limits.length, sql.length);
  const bad = unreadable.exec(sql);
  if (bad !== null) return refuse('input-not-text', 'The statement holds a NUL character or half of a surrogate pair.', 'Send well-formed text.', bad.index, bad.index + 1);
  const tokens: MysqlToken[] = [];
  let depth = 0;
  let at = 0;
  while (at < sql.length) {
    const start = at;
    const rest = sql.slice(at, at + 4);
    const first = rest.charAt(0);
    if (space.test(first)) at += 1;
    else if (/^\/\*(!|M!|\+)/i.test(rest)) return refuse('input-hint-comment', 'Conditional comments and hints are run by the server, and hidden from parsers.', 'Leave the comment out.', at, at + 3);
    else if (rest.startsWith('/*')) {
      const close = sql.indexOf('*/', at + 2);
      if (close < 0) return refuse('input-unterminated', 'A comment is not closed.', 'Close the comment.', at, sql.length);
      at = close + 2;
    } else if (rest.startsWith('--')) {
      if (!space.test(sql.charAt(at + 2)) && at + 2 < sql.length) return refuse('input-hint-comment', '-- without a space after it is a comment to some parsers and two minus signs to MySQL.', 'Write a space between the signs, or after them.', at, at + 2);
      while (at < sql.length && sql.charAt(at) !== '\n') at += 1;
    } else if (first === '#') {
      while (at < sql.length && sql.charAt(at) !== '\n') at += 1;
    } else if (first === "'" || first === '`') {
      at = closing(sql, at, first);
      if (at < 0) return refuse('input-unterminated', 'A quote is not closed.', 'Close the quote.', start, sql.length);
      if (first === "'" && sql.slice(start, at).includes('\\')) return refuse('syntax', 'What a backslash in a string means depends on sql_mode.', 'Leave the backslash out.', start, at);
      tokens.push({ kind: first === "'" ? 'literal' : 'name', start, end: at });
    } else if (first === '"') return refuse('syntax', 'What double quotes mean depends on sql_mode.', "Use 'text' for text and `name` for names.", at, at + 1);
    else if (first === '@') return refuse('unsupported-syntax', 'Variables of the session are not allowed.', 'Write the value itself.', at, at + 1);
    else if (first === '?') return refuse('parameter', 'Positional parameters are not allowed.', 'Use :name parameters.', at, at + 1);
    else if (first === ':' && /[A-Za-z_]/.test(rest.charAt(1))) {
      at += 1;
      while (at < sql.length && /[A-Za-z0-9_]/.test(sql.charAt(at))) at += 1;
      tokens.push({ kind: 'parameter', start, end: at });
    } else if (/^\.?[0-9]/.test(rest)) {
      number.lastIndex = at;
      at += number.exec(sql)?.[0].length ?? 1;
      const before = tokens.at(-1);
      const partOfName = first === '.' && before?.end === start && before.kind !== 'symbol';
      if (partOfName || wordPart.test(sql.charAt(at)) || sql.charAt(at) === '.') return refuse('syntax', 'A name that begins with a digit is a number and a name to some parsers.', 'Write such a name in `backticks`.', start, at);
      tokens.push({ kind: 'number', start, end: at });
    } else if (wordPart.test(first)) {
      while (at < sql.length && wordPart.test(sql.charAt(at))) at += 1;
      if (/^[xXbBnN_]/.test(first) && sql.charAt(at) === "'") return refuse('unsupported-syntax', 'Prefixed literals are not allowed.', 'Write a plain literal.', start, at);
      tokens.push({ kind: 'word', start, end: at });
    } else {
      if (!symbols.test(first)) return refuse('syntax', `The character ${JSON.stringify(first)} has no place outside quotes.`, 'Leave it out.', at, at + 1);
      if (first === '(') {
        depth += 1;
        const before = tokens.at(-1);
        if (before?.kind === 'word' && before.end < start && adjoined.has(sql.slice(before.start, before.end).toUpperCase())) {
          return refuse('function', `With a space before the parenthesis, ${sql.slice(before.start, before.end)} means a stored function.`, 'Leave the space out.', before.start, start);
        }
      }
      if (first === ')') depth -= 1;
      if (depth > MAXIMUM_NESTING) return refuse('input-nesting', `Parentheses are nested more than ${String(MAXIMUM_NESTING)} deep.`, 'Write fewer levels.', at, at + 1);
      at += 1;
      tokens.push({ kind: 'symbol', start, end: at });
    }
    if (tokens.length > limits.tokens) return refuse('input-too-long', `The statement has more than ${String(limits.tokens)} tokens.`, 'Write a shorter statement.', start, sql.length);
  }
  if (tokens.length === 0) return refuse('input-empty', 'There is no statement.', 'Write one SELECT statement.', 0, sql.length);
  return { ok: true, tokens };
}

function closing(sql: string, from: number, quote: string): number {
  for (let index = from + 1; index < sql.length; index += 1) {
    if (sql.charAt(index) !== quote) continue;
    if (sql.charAt(index + 1) === quote) index += 1;
    else return index + 1;
  }
  return -1;
}
