/** The database engine behind the cluster; decides how SQL text is read and how types are named. */
export type Engine = 'postgresql' | 'mysql';

/**
 * A stretch of SQL text. The segments of a statement, joined, are the statement.
 *
 * - `code`: text outside quotes and comments
 * - `opaque`: a quoted string, a quoted identifier or a comment
 * - `escape-string`: a string in which a backslash escapes: PostgreSQL `E'..'`, MySQL where it escapes the quote
 * - `dollar-string`: PostgreSQL `$tag$..$tag$`
 * - `odd-comment`: a PostgreSQL comment with a comment in it, MySQL's `#` comment
 * - `placeholder`: `:name`
 * - `ordinal`: PostgreSQL `$1`, MySQL `?`
 * - `slice`: the colon of a PostgreSQL array slice, `a[1:2]`
 */
export interface Segment {
  readonly kind: 'code' | 'opaque' | 'escape-string' | 'dollar-string' | 'odd-comment' | 'placeholder' | 'ordinal' | 'slice';
  readonly text: string;
  /** The name of a placeholder, or the one-based number of an ordinal. */
  readonly name: string;
}

const isWordStart = (character: string): boolean => /[A-Za-z_\u0080-\uffff]/u.test(character);
const isWord = (character: string): boolean => /[\w$\u0080-\uffff]/u.test(character);
const parameterName = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+/uy;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/uy;
const digits = /[0-9]+/uy;
/** What lets PostgreSQL join the next quoted piece to the string before it: white space, or line comments, with a line's end among it. */
const continuation = /[ \t\f\v]*(?:--[^\r\n]*)?[\r\n](?:\s|--[^\r\n]*[\r\n])*(?=')/uy;

/** Divides a statement into segments as the database engine's own lexer would, so that `:name` is found exactly where it is code. */
export function scanStatement(sql: string, engine: Engine): readonly Segment[] {
  return new Scanner(sql, engine).scan();
}

class Scanner {
  readonly #sql: string;
  readonly #postgresql: boolean;
  readonly #segments: Segment[] = [];
  #at = 0;
  /** Where the code not yet emitted begins. */
  #codeFrom = 0;
  #ordinals = 0;
  #brackets = 0;
  /** The last code character that is no white space: tells an operand from an operator before a colon. */
  #before = '';

  constructor(sql: string, engine: Engine) {
    this.#sql = sql;
    this.#postgresql = engine === 'postgresql';
  }

  scan(): readonly Segment[] {
    while (this.#at < this.#sql.length) this.#step();
    this.#flush();
    return this.#segments;
  }

  #step(): void {
    const character = this.#sql.charAt(this.#at);
    const next = this.#sql.charAt(this.#at + 1);
    if (character === "'" || character === '"') return this.#quoted(character);
    if (character === '`' && !this.#postgresql) return this.#take('opaque', this.#endOfQuoted('`', false));
    if (character === '-' && next === '-' && this.#isLineComment()) return this.#take('opaque', this.#endOfLine());
    if (character === '#' && !this.#postgresql) return this.#take('odd-comment', this.#endOfLine());
    if (character === '/' && next === '*') return this.#comment();
    if (character === ':') return this.#colon(next);
    if (character === '$' && this.#postgresql) return this.#dollar();
    if (character === '?' && !this.#postgresql) return this.#take('ordinal', this.#at + 1, String((this.#ordinals += 1)));
    if (isWordStart(character) || /[0-9]/u.test(character)) return this.#word(character, next);
    if (character === '[') this.#brackets += 1;
    if (character === ']') this.#brackets -= 1;
    this.#code(1);
  }

  #quoted(quote: string): void {
    const end = this.#endOfQuoted(quote, !this.#postgresql);
    const escapes = !this.#postgresql && this.#sql.slice(this.#at, end).includes(`\\${quote}`);
    this.#take(escapes ? 'escape-string' : 'opaque', end);
  }

  #word(character: string, next: string): void {
    if (this.#postgresql && next === "'" && (character === 'E' || character === 'e')) return this.#take('escape-string', this.#endOfEscapes());
    let end = this.#at + 1;
    while (end < this.#sql.length && isWord(this.#sql.charAt(end))) end += 1;
    this.#code(end - this.#at);
  }

  /** An `E'..'` with the pieces that continue it on the next lines: a backslash escapes in those too. */
  #endOfEscapes(): number {
    let end = this.#endOfQuoted("'", true, this.#at + 1);
    for (let gap = this.#match(continuation, end); gap !== undefined; gap = this.#match(continuation, end)) end = this.#endOfQuoted("'", true, end + gap.length);
    return end;
  }

  #colon(next: string): void {
    if (next === ':' || next === '=') return this.#code(2);
    const name = this.#match(parameterName, this.#at + 1);
    if (name === undefined) return this.#code(1);
    if (this.#postgresql && this.#brackets > 0 && (/^\d/u.test(name) || /[\w$"')\]]/u.test(this.#before))) return this.#take('slice', this.#at + 1);
    this.#take('placeholder', this.#at + 1 + name.length, name);
  }

  #dollar(): void {
    const tag = this.#match(dollarTag, this.#at);
    if (tag !== undefined) {
      const close = this.#sql.indexOf(tag, this.#at + tag.length);
      return this.#take('dollar-string', close === -1 ? this.#sql.length : close + tag.length, tag);
    }
    const number = this.#match(digits, this.#at + 1);
    if (number !== undefined) return this.#take('ordinal', this.#at + 1 + number.length, number);
    this.#code(1);
  }

  #comment(): void {
    let depth = 1;
    let nested = false;
    let end = this.#at + 2;
    while (end < this.#sql.length && depth > 0) {
      const pair = this.#sql.slice(end, end + 2);
      if (pair === '*/') depth -= 1;
      else if (pair === '/*' && this.#postgresql) {
        depth += 1;
        nested = true;
      }
      end += pair === '*/' || (pair === '/*' && this.#postgresql) ? 2 : 1;
    }
    this.#take(nested ? 'odd-comment' : 'opaque', end);
  }

  #endOfQuoted(quote: string, backslash: boolean, from = this.#at): number {
    let end = from + 1;
    while (end < this.#sql.length) {
      const character = this.#sql.charAt(end);
      if (character === '\\' && backslash) end += 2;
      else if (character !== quote) end += 1;
      else if (this.#sql.charAt(end + 1) === quote) end += 2;
      else return end + 1;
    }
    return this.#sql.length;
  }

  #isLineComment(): boolean {
    return this.#postgresql || /^(?:\s|$)/u.test(this.#sql.charAt(this.#at + 2));
  }

  #endOfLine(): number {
    const rest = this.#sql.slice(this.#at).search(/[\r\n]/u);
    return rest === -1 ? this.#sql.length : this.#at + rest;
  }

  #match(pattern: RegExp, from: number): string | undefined {
    pattern.lastIndex = from;
    return pattern.exec(this.#sql)?.[0];
  }

  #code(length: number): void {
    const last = this.#sql.slice(this.#at, this.#at + length).trimEnd().at(-1);
    if (last !== undefined) this.#before = last;
    this.#at += length;
  }

  #take(kind: Segment['kind'], end: number, name = ''): void {
    this.#flush();
    const text = this.#sql.slice(this.#at, end);
    this.#segments.push({ kind, text, name });
    if (kind !== 'odd-comment' && !text.startsWith('--') && !text.startsWith('/*')) this.#before = kind === 'slice' ? ':' : (text.at(-1) ?? '');
    this.#at = end;
    this.#codeFrom = end;
  }

  #flush(): void {
    if (this.#codeFrom < this.#at) this.#segments.push({ kind: 'code', text: this.#sql.slice(this.#codeFrom, this.#at), name: '' });
    this.#codeFrom = this.#at;
  }
}
