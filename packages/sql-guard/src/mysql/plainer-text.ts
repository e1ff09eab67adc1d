import type { MysqlToken } from './screen-mysql.js';

/** The statement with every comment made of spaces: what a comment is, only the screen decides. Places stay the same. */
export function withoutComments(sql: string, tokens: readonly MysqlToken[]): string {
  let text = '';
  for (const { start, end } of tokens) text += blank(sql.slice(text.length, start)) + sql.slice(start, end);
  return text + blank(sql.slice(text.length));
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

const substring = new Set(['SUBSTRING', 'SUBSTR', 'MID']);
const aggregates = new Set(['SUM', 'AVG', 'MIN', 'MAX', 'STDDEV', 'VARIANCE']);

/**
 * The statement in words that node-sql-parser knows, for its opinion on the kind of statement and the tables:
 * `SUBSTRING(a FROM 1 FOR 2)` with commas, aggregates without DISTINCT, `<=>` as `=`, `.5` and `5.` with a digit on both sides.
 * No relation can be named by what is changed: a FROM directly inside the parentheses of SUBSTRING is never that of a query,
 * which needs parentheses of its own.
 */
export function plainerText(sql: string, tokens: readonly MysqlToken[]): string {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const calls: (string | null)[] = [];
  const textOf = (token: MysqlToken | undefined): string => (token === undefined ? '' : sql.slice(token.start, token.end).toUpperCase());
  for (const [index, token] of tokens.entries()) {
    const text = textOf(token);
    const before = tokens[index - 1];
    if (text === '(') calls.push(before?.kind === 'word' ? textOf(before) : null);
    else if (text === ')') calls.pop();
    const inside = calls.at(-1) ?? '';
    if (token.kind === 'word' && (text === 'FROM' || text === 'FOR') && substring.has(inside)) edits.push({ ...token, text: ',' });
    else if (token.kind === 'word' && text === 'DISTINCT' && aggregates.has(inside) && textOf(before) === '(') edits.push({ ...token, text: '' });
    else if (token.kind === 'number' && (text.startsWith('.') || text.endsWith('.'))) edits.push({ ...token, text: `0${text}0` });
    else if (text === '<' && textOf(tokens[index + 1]) === '=' && textOf(tokens[index + 2]) === '>') edits.push({ start: token.start, end: tokens[index + 2]?.end ?? token.end, text: '=' });
  }
  return edits.reduceRight((changed, { start, end, text }) => changed.slice(0, start) + text + changed.slice(end), sql);
}
