import type { MysqlToken } from './screen-mysql.js';

/** Units of two parts, and one of the same kind that both parsers know. All are reserved words: without quotes they are nothing else. */
const compoundUnits = new Map([
  ...['YEAR_MONTH'].map((unit) => [unit, 'YEAR'] as const),
  ...['DAY_HOUR', 'DAY_MINUTE', 'DAY_SECOND', 'DAY_MICROSECOND', 'HOUR_MINUTE', 'HOUR_SECOND', 'HOUR_MICROSECOND', 'MINUTE_SECOND', 'MINUTE_MICROSECOND', 'SECOND_MICROSECOND'].map((unit) => [unit, 'DAY'] as const),
]);

/** What ends an operand, so that a MOD behind it is no call. */
const endsOperand = (token: MysqlToken | undefined, text: string): boolean => token !== undefined && (text === ')' || token.kind === 'number' || token.kind === 'literal' || token.kind === 'name' || token.kind === 'parameter');

/**
 * The statement in words that both parsers know, every character in its place: `a MOD b` as `a % b`, DISTINCTROW as DISTINCT, units such as
 * YEAR_MONTH as plain ones, without `ALL` behind SELECT and without WITH ROLLUP, which MySQL reads as one word wherever it stands.
 * All these are reserved words of MySQL, and none of them names or reads anything.
 */
export function knownWords(sql: string, tokens: readonly MysqlToken[]): string {
  const textOf = (token: MysqlToken | undefined): string => (token === undefined ? '' : sql.slice(token.start, token.end).toUpperCase());
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const before = tokens[index - 1];
    const next = tokens[index + 1];
    const word = replacement(textOf(token), before, textOf(before), next?.kind === 'word' ? textOf(next) : next?.kind === 'symbol' ? textOf(next) : null);
    if (word === null) continue;
    const end = textOf(token) === 'WITH' ? (next?.end ?? token.end) : token.end;
    text += sql.slice(text.length, token.start) + word;
    text += sql.slice(text.length, end).replace(/[^\n]/g, ' ');
  }
  return text + sql.slice(text.length);
}

/** What stands for a word; `null` where it stays. `next` is the text of the word or symbol behind it. */
function replacement(word: string, before: MysqlToken | undefined, textBefore: string, next: string | null): string | null {
  // Behind a dot anything is a name.
  if (textBefore === '.') return null;
  if (word === 'WITH') return next === 'ROLLUP' ? '' : null;
  if (word === 'DISTINCTROW') return 'DISTINCT';
  if (word === 'ALL') return before?.kind === 'word' && textBefore === 'SELECT' ? '' : null;
  if (word === 'MOD') return next !== '(' || endsOperand(before, textBefore) ? '%' : null;
  return compoundUnits.get(word) ?? null;
}
