import type { Segment } from '../parameters/scan-statement.js';

/** An `insert .. values (..)` cut around its tuple of values. */
export interface InsertParts {
  readonly before: readonly Segment[];
  readonly tuple: readonly Segment[];
  readonly after: readonly Segment[];
}

/**
 * Finds the one tuple of an `insert .. values (..)`, so that it can be repeated for many sets of parameters.
 *
 * Undefined where many rows in one statement might mean another thing than many statements: another statement than insert,
 * several tuples, placeholders outside of the tuple, `on conflict do update`, which refuses to meet one row twice, or a query
 * inside, which would not see the rows of the sets before.
 */
export function cutInsert(segments: readonly Segment[]): InsertParts | undefined {
  const code = segments.map((segment) => (segment.kind === 'code' ? segment.text : ' '.repeat(segment.text.length))).join('');
  if (!/^\s*insert\s/iu.test(code) || /\bon\s+conflict\b[\s\S]*\bupdate\b/iu.test(code)) return undefined;
  const tuple = soleTuple(code);
  if (tuple === undefined) return undefined;
  const [from, to] = tuple;
  if (/\b(?:select|table|values)\b/iu.test(code.slice(from))) return undefined;
  const parts = { before: slice(segments, 0, from), tuple: slice(segments, from, to), after: slice(segments, to, code.length) };
  return [...parts.before, ...parts.after].some(isPlaceholder) ? undefined : parts;
}

function isPlaceholder({ kind }: Segment): boolean {
  return kind === 'placeholder' || kind === 'ordinal';
}

/** Where the parentheses behind the only top-level `values` begin and end. */
function soleTuple(code: string): readonly [number, number] | undefined {
  const keywords = [...code.matchAll(/\bvalues\s*\(/giu)].filter(({ index }) => depthAt(code, index) === 0);
  const [keyword] = keywords;
  if (!keyword || keywords.length > 1) return undefined;
  const from = keyword.index + keyword[0].length - 1;
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')') depth -= 1;
    if (depth === 0) return /^\s*,/u.test(code.slice(at + 1)) ? undefined : [from, at + 1];
  }
  return undefined;
}

function depthAt(code: string, end: number): number {
  let depth = 0;
  for (let at = 0; at < end; at += 1) depth += code[at] === '(' ? 1 : code[at] === ')' ? -1 : 0;
  return depth;
}

function slice(segments: readonly Segment[], from: number, to: number): Segment[] {
  let start = 0;
  return segments.flatMap((segment) => {
    const end = start + segment.text.length;
    const text = segment.text.slice(Math.max(0, from - start), Math.max(0, Math.min(segment.text.length, to - start)));
    start = end;
    return text === '' ? [] : [{ ...segment, text }];
  });
}
