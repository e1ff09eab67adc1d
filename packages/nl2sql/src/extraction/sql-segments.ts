/** A stretch of SQL text by its lexical kind. Offsets are UTF-16, `end` exclusive. */
export interface SqlSegment {
  readonly kind: 'code' | 'quoted' | 'comment';
  readonly start: number;
  readonly end: number;
}

const opener = /--|\/\*|[eE]'|['"`]|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g;

/**
 * Splits text into code, quoted stretches (strings, quoted names, dollar quotes) and comments.
 * Only for finding where a statement ends inside a reply: what a statement does is decided by the guard's real grammar.
 */
export function sqlSegments(text: string): readonly SqlSegment[] {
  const segments: SqlSegment[] = [];
  let codeStart = 0;
  let position = 0;
  while (position < text.length) {
    opener.lastIndex = position;
    const match = opener.exec(text);
    if (match === null) break;
    const start = match.index;
    const previous = text[start - 1];
    // `tag$1$` and `name'..'` with an E inside an identifier open nothing of their own.
    if ((match[0].startsWith('$') || /^[eE]/.test(match[0])) && previous !== undefined && /[\w$]/.test(previous)) {
      position = start + 1;
      continue;
    }
    const end = closing(text, start, match[0]);
    if (start > codeStart) segments.push({ kind: 'code', start: codeStart, end: start });
    segments.push({ kind: match[0] === '--' || match[0] === '/*' ? 'comment' : 'quoted', start, end });
    codeStart = end;
    position = end;
  }
  if (codeStart < text.length) segments.push({ kind: 'code', start: codeStart, end: text.length });
  return segments;
}

function closing(text: string, start: number, open: string): number {
  if (open === '--') return orEnd(text, text.indexOf('\n', start), 0);
  if (open === '/*') return closingComment(text, start);
  if (open.startsWith('$')) return orEnd(text, text.indexOf(open, start + open.length), open.length);
  const quote = open.at(-1) ?? "'";
  const backslashes = open.length === 2;
  for (let index = start + open.length; index < text.length; index += 1) {
    const character = text[index];
    if (backslashes && character === '\\') index += 1;
    else if (character === quote) {
      if (text[index + 1] !== quote) return index + 1;
      index += 1;
    }
  }
  return text.length;
}

function closingComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return match.index + 2;
  }
  return text.length;
}

function orEnd(text: string, index: number, length: number): number {
  return index === -1 ? text.length : index + length;
}
