import type { Token } from './scan-sql.js';

/** A statement whose `:name` parameters became `$1`, `$2`, .., which PostgreSQL's grammar knows. */
export interface BoundText {
  readonly text: string;
  /** Name of parameter n at index n - 1; digits when the statement used `$n` itself. */
  readonly names: readonly string[];
  /** True when `:name` and `$n` are both used. */
  readonly mixed: boolean;
  /** UTF-16 offset in the given statement of a UTF-8 offset in `text`. */
  readonly originalOffset: (utf8Offset: number) => number;
  /** The same for an offset in code points, in which the parser reports syntax errors. */
  readonly originalOffsetOfCodePoint: (codePointOffset: number) => number;
}

/** Replaces `:name` tokens in place, padded with spaces; a name is one parameter however often it stands. */
export function bindParameters(sql: string, tokens: readonly Token[]): BoundText {
  const names: string[] = [];
  const pieces: string[] = [];
  const shifts: { readonly bound: number; readonly original: number }[] = [];
  let copied = 0;
  let boundLength = 0;
  let positional = 0;
  for (const { start, end } of tokens) {
    if (sql.charCodeAt(start) === 36) {
      positional = Math.max(positional, Number(sql.slice(start + 1, end)));
      continue;
    }
    const name = sql.slice(start + 1, end);
    let number = names.indexOf(name) + 1;
    if (number === 0) number = names.push(name);
    const replacement = `$${String(number)}`.padEnd(end - start);
    pieces.push(sql.slice(copied, start), replacement);
    boundLength += start - copied + replacement.length;
    copied = end;
    if (replacement.length !== end - start) shifts.push({ bound: boundLength, original: end });
  }
  const text = pieces.length === 0 ? sql : pieces.join('') + sql.slice(copied);
  const mixed = names.length > 0 && positional > 0;
  const given = names.length > 0 || positional === 0 ? names : Array.from({ length: Math.min(positional, 65_535) }, (_, index) => String(index + 1));
  return {
    text, names: given, mixed,
    originalOffset: (offset) => unshift(utf16Offset(text, offset, utf8Width), shifts),
    originalOffsetOfCodePoint: (offset) => unshift(utf16Offset(text, offset, () => 1), shifts),
  };
}

function unshift(offset: number, shifts: readonly { readonly bound: number; readonly original: number }[]): number {
  let result = offset;
  for (const { bound, original } of shifts) if (offset >= bound) result = original + offset - bound;
  return result;
}

const utf8Width = (codePoint: number): number => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4);

/** PostgreSQL counts bytes or code points; JavaScript counts UTF-16 units. */
function utf16Offset(text: string, offset: number, width: (codePoint: number) => number): number {
  let counted = 0;
  let index = 0;
  while (index < text.length && counted < offset) {
    const codePoint = text.codePointAt(index) ?? 0;
    counted += width(codePoint);
    index += codePoint < 0x10000 ? 1 : 2;
  }
  return index;
}
