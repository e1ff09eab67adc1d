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
const frameUnits = new Set(['ROWS', 'RANGE']);
const partsOfWindow = new Set(['PARTITION', 'ORDER', ...frameUnits]);

/**
 * The statement in words that node-sql-parser knows, for its opinion on the kind of statement and the tables:
 * `SUBSTRING(a FROM 1 FOR 2)` with commas, aggregates without DISTINCT, `<=>` as `=`, `.5` and `5.` with a digit on both sides,
 * VARIANCE by its other name, LOCALTIMESTAMP as a call, `OVER (w ROWS ..)` without the name and the frame, `AS q (a, b)` of a subquery without
 * its list, BINARY before a name left out.
 * No relation can be named by what is changed: a FROM directly inside the parentheses of SUBSTRING is never that of a query,
 * which needs parentheses of its own.
 */
export function plainerText(sql: string, tokens: readonly MysqlToken[]): string {
  const edits: Edit[] = [];
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
    else if (text === 'VARIANCE' && textOf(tokens[index + 1]) === '(') edits.push({ ...token, text: 'VAR_POP' });
    else if (text === 'LOCALTIMESTAMP' && textOf(tokens[index + 1]) !== '(' && textOf(before) !== '.') edits.push({ ...token, text: 'NOW()' });
    else if (text === 'BINARY' && token.kind === 'word' && textOf(before) !== 'AS' && textOf(before) !== '.' && isName(tokens[index + 1])) edits.push({ ...token, text: '' });
    else if (inside === 'OVER' && token.kind === 'word' && textOf(before) === '(' && !partsOfWindow.has(text)) edits.push({ ...token, text: '' });
    else if (inside === 'OVER' && token.kind === 'word' && frameUnits.has(text)) {
      const close = tokens.findIndex((other, at) => at > index && /^[()]$/.test(textOf(other)));
      const last = tokens[close];
      // A query inside would stand in parentheses.
      if (textOf(last) === ')' && last !== undefined) edits.push({ start: token.start, end: last.start, text: '' });
    } else if (text === 'AS' && token.kind === 'word' && textOf(before) === ')') {
      const list = columnList(tokens, index + 2, textOf);
      if (isName(tokens[index + 1]) && list !== null) edits.push({ ...list, text: '' });
    } else if (token.kind === 'number' && (text.startsWith('.') || text.endsWith('.'))) edits.push({ ...token, text: `0${text}0` });
    else if (text === '<' && textOf(tokens[index + 1]) === '=' && textOf(tokens[index + 2]) === '>') edits.push({ start: token.start, end: tokens[index + 2]?.end ?? token.end, text: '=' });
  }
  return withoutInner(edits).reduceRight((changed, { start, end, text }) => changed.slice(0, start) + text + changed.slice(end), sql);
}

type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** Edits of what a wider one takes away are not made. */
const withoutInner = (edits: readonly Edit[]): readonly Edit[] => edits.filter(({ start }, index) => !edits.slice(0, index).some((wider) => start < wider.end));

const isName = (token: MysqlToken | undefined): boolean => token?.kind === 'word' || token?.kind === 'name';

/** The place of `(name, name)` at a token; `null` for anything else there. */
function columnList(tokens: readonly MysqlToken[], from: number, textOf: (token: MysqlToken | undefined) => string): { readonly start: number; readonly end: number } | null {
  if (textOf(tokens[from]) !== '(') return null;
  for (let at = from + 1; isName(tokens[at]); at += 2) {
    const [start, last] = [tokens[from], tokens[at + 1]];
    if (textOf(last) === ')' && start !== undefined && last !== undefined) return { start: start.start, end: last.end };
    if (textOf(last) !== ',') return null;
  }
  return null;
}
