/** A stretch of the statement that the scanner tells apart; spaces, comments and the insides of literals are not reported. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'literal' | 'number' | 'parameter' | 'symbol';
  readonly start: number;
  readonly end: number;
}

export interface ScanProblem {
  readonly rule: 'input-nesting' | 'input-unterminated' | 'input-hint-comment';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ScanLimits {
  readonly commentNesting: number;
  readonly parenthesisNesting: number;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordStart = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
/** By ASCII code, because most characters of a statement are asked this; `isWordPart` of the end of the text, NaN, is false. */
const wordParts: readonly boolean[] = Array.from({ length: 128 }, (_, code) => isWordStart(code) || isDigit(code) || code === 36);
const isWordPart = (code: number): boolean => code >= 128 || wordParts[code] === true;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/**
 * Walks a statement once by PostgreSQL's lexical rules (`scan.l`, with standard_conforming_strings on) and reports what the parser must not see.
 * It decides nothing about meaning: the real grammar does. Tokens are passed to `onToken`; a problem ends the scan.
 */
export function scanSql(sql: string, limits: ScanLimits, onToken?: (kind: Token['kind'], start: number, end: number) => void): ScanProblem | null {
  const length = sql.length;
  let parentheses = 0;
  let at = 0;
  /** The last token, whether it opens a subscript, and where the one before it is. */
  let lastStart = -1;
  let lastEnd = -1;
  let beforeStart = -1;
  let beforeEnd = -1;
  let opensSubscript = false;
  const emit = (kind: Token['kind'], start: number, end: number): void => {
    beforeStart = lastStart;
    beforeEnd = lastEnd;
    opensSubscript = false;
    lastStart = start;
    lastEnd = end;
    onToken?.(kind, start, end);
  };

  const quoteEnd = (from: number, quote: number, backslashes: boolean): number => {
    for (let index = from; index < length; index += 1) {
      const code = sql.charCodeAt(index);
      if (backslashes && code === 92) index += 1;
      else if (code === quote) {
        if (sql.charCodeAt(index + 1) === quote) index += 1;
        else return index + 1;
      }
    }
    return -1;
  };

  while (at < length) {
    const code = sql.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    const next = sql.charCodeAt(at + 1);
    if (code === 45 && next === 45) {
      if (sql.charCodeAt(at + 2) === 43) return { rule: 'input-hint-comment', message: 'Hint comments can change how the server plans the statement.', start: at, end: at + 3 };
      while (at < length && sql.charCodeAt(at) !== 10 && sql.charCodeAt(at) !== 13) at += 1;
    } else if (code === 47 && next === 42) {
      const start = at;
      if (sql.charCodeAt(at + 2) === 43) return { rule: 'input-hint-comment', message: 'Hint comments can change how the server plans the statement.', start, end: start + 3 };
      let depth = 1;
      at += 2;
      while (depth > 0) {
        if (at >= length) return { rule: 'input-unterminated', message: 'A comment is not closed.', start, end: length };
        const inner = sql.charCodeAt(at);
        const after = sql.charCodeAt(at + 1);
        if (inner === 47 && after === 42) {
          depth += 1;
          at += 2;
          if (depth > limits.commentNesting) return { rule: 'input-nesting', message: `Comments are nested more than ${String(limits.commentNesting)} deep.`, start, end: at };
        } else if (inner === 42 && after === 47) {
          depth -= 1;
          at += 2;
        } else at += 1;
      }
    } else if (code === 39) {
      const end = quoteEnd(at + 1, 39, false);
      if (end < 0) return { rule: 'input-unterminated', message: 'A string literal is not closed.', start: at, end: length };
      emit('literal', at, end);
      at = end;
    } else if (code === 34) {
      const end = quoteEnd(at + 1, 34, false);
      if (end < 0) return { rule: 'input-unterminated', message: 'A quoted identifier is not closed.', start: at, end: length };
      emit('quoted', at, end);
      at = end;
    } else if (isWordStart(code)) {
      const prefixed = prefixedLiteral(code, next, sql.charCodeAt(at + 2));
      if (prefixed > 0) {
        const quote = sql.charCodeAt(at + prefixed);
        const backslashes = code === 69 || code === 101;
        let end = quoteEnd(at + prefixed + 1, quote, backslashes);
        // What continues such a literal on another line has its backslashes too; to the others a continuation is as good as a literal.
        for (let next = backslashes ? continuation(sql, end) : -1; end >= 0 && next >= 0; next = continuation(sql, end)) end = quoteEnd(next + 1, quote, true);
        if (end < 0) return { rule: 'input-unterminated', message: 'A string literal is not closed.', start: at, end: length };
        emit(quote === 34 ? 'quoted' : 'literal', at, end);
        at = end;
      } else {
        const start = at;
        do at += 1;
        while (at < length && isWordPart(sql.charCodeAt(at)));
        emit('word', start, at);
      }
    } else if (isDigit(code) || (code === 46 && isDigit(next))) {
      const start = at;
      do at += 1;
      while (at < length && (isDigit(sql.charCodeAt(at)) || isWordPart(sql.charCodeAt(at)) || (sql.charCodeAt(at) === 46 && sql.charCodeAt(at + 1) !== 46)));
      emit('number', start, at);
    } else if (code === 36) {
      const start = at;
      if (isDigit(next)) {
        do at += 1;
        while (at < length && isDigit(sql.charCodeAt(at)));
        emit('parameter', start, at);
        continue;
      }
      let tagEnd = at + 1;
      if (isWordStart(next)) while (tagEnd < length && isWordPart(sql.charCodeAt(tagEnd)) && sql.charCodeAt(tagEnd) !== 36) tagEnd += 1;
      if (sql.charCodeAt(tagEnd) !== 36) {
        emit('symbol', at, at + 1);
        at += 1;
        continue;
      }
      const tag = sql.slice(start, tagEnd + 1);
      const close = sql.indexOf(tag, tagEnd + 1);
      if (close < 0) return { rule: 'input-unterminated', message: 'A dollar-quoted literal is not closed.', start, end: length };
      at = close + tag.length;
      emit('literal', start, at);
    } else if (code === 58 && next !== 58 && !opensSubscript && isNamedParameter(sql, at)) {
      const start = at;
      do at += 1;
      while (at < length && isWordPart(sql.charCodeAt(at)) && sql.charCodeAt(at) !== 36 && sql.charCodeAt(at) < 128);
      emit('parameter', start, at);
    } else {
      if (code === 40 || code === 91) {
        parentheses += 1;
        if (parentheses > limits.parenthesisNesting) return { rule: 'input-nesting', message: `Parentheses are nested more than ${String(limits.parenthesisNesting)} deep.`, start: at, end: at + 1 };
      } else if (code === 41 || code === 93) parentheses -= 1;
      const width = code === 58 && next === 58 ? 2 : 1;
      const subscript = code === 91 && !startsArray(sql, lastStart, lastEnd, beforeEnd - beforeStart === 1 && sql.charCodeAt(beforeStart) === 46);
      emit('symbol', at, at + width);
      opensSubscript = subscript;
      at += width;
    }
  }
  return null;
}

/** Where the quote is that continues a literal ended before `from`: behind spaces and line comments with a line's end among them, else -1. */
function continuation(sql: string, from: number): number {
  let newline = false;
  for (let at = from; at >= 0 && at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    if (code === 10 || code === 13) newline = true;
    else if (code === 39) return newline ? at : -1;
    else if (code === 45 && sql.charCodeAt(at + 1) === 45 && sql.charCodeAt(at + 2) !== 43) {
      while (at + 1 < sql.length && sql.charCodeAt(at + 1) !== 10 && sql.charCodeAt(at + 1) !== 13) at += 1;
    } else if (!isSpace(code)) return -1;
  }
  return -1;
}

/** Length of the prefix of `E'`, `B'`, `X'`, `N'`, `U&'` or `U&"`, else 0. */
function prefixedLiteral(first: number, second: number, third: number): number {
  const letter = first | 32;
  if (second === 39 && (letter === 101 || letter === 98 || letter === 120 || letter === 110)) return 1;
  return letter === 117 && second === 38 && (third === 39 || third === 34) ? 2 : 0;
}

/** Whether a bracket after this token belongs to an array constructor: `ARRAY[`, or a bracket inside one. In a subscript, `[:x` is a slice up to column x. */
function startsArray(sql: string, start: number, end: number, afterDot: boolean): boolean {
  if (end - start === 1) return sql[start] === '[' || sql[start] === ',';
  return end - start === 5 && !afterDot && sql.slice(start, end).toLowerCase() === 'array';
}

/** `:name` is a parameter only where no neighbour could make it part of another token, so that replacing it never joins two tokens. */
function isNamedParameter(sql: string, at: number): boolean {
  const first = sql.charCodeAt(at + 1);
  if (!isWordStart(first) || first >= 128) return false;
  const before = at === 0 ? 32 : sql.charCodeAt(at - 1);
  if (isWordPart(before) || before === 58 || before === 39 || before === 34) return false;
  let end = at + 1;
  while (end < sql.length && isWordPart(sql.charCodeAt(end)) && sql.charCodeAt(end) !== 36 && sql.charCodeAt(end) < 128) end += 1;
  const after = sql.charCodeAt(end);
  return !(after === 36 || after >= 128 || after === 39 || after === 34);
}
