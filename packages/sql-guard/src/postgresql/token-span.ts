import { scanSql, type Token } from '../input/scan-sql.js';

const unlimited = { commentNesting: Number.POSITIVE_INFINITY, parenthesisNesting: Number.POSITIVE_INFINITY };

/** Every token of a statement that was screened before. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  scanSql(sql, unlimited, (kind, start, end) => tokens.push({ kind, start, end }));
  return tokens;
}

/** Index of the token that holds an offset, or of the first one after it. */
export function tokenIndexAt(tokens: readonly Token[], offset: number): number {
  const index = tokens.findIndex((token) => token.end > offset);
  return index < 0 ? tokens.length - 1 : index;
}

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted';

/** Index of the last token of the qualified name that starts at `first`. */
export function lastTokenOfName(sql: string, tokens: readonly Token[], first: number): number {
  let last = first;
  while (isName(tokens[last]) && sql[tokens[last + 1]?.start ?? sql.length] === '.' && isName(tokens[last + 2])) last += 2;
  return last;
}

/** The stretch of text to point at for an offset: the whole name if a name starts there, else the token. */
export function spanAt(sql: string, tokens: readonly Token[], offset: number): { readonly start: number; readonly end: number } {
  const index = tokenIndexAt(tokens, offset);
  const token = tokens[index];
  if (token === undefined) return { start: 0, end: sql.length };
  return { start: token.start, end: (tokens[lastTokenOfName(sql, tokens, index)] ?? token).end };
}
