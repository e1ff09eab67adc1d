/** A piece of a statement: code, or text that must never be read as code (a literal, a quoted name, a comment). */
export interface SqlPiece {
  readonly kind: 'code' | 'literal' | 'quoted-name' | 'comment';
  readonly text: string;
  readonly start: number;
}

/** An `E'..'`, with the pieces that continue it on the next lines: a backslash escapes in those too. */
const opaque = /(?:\b[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'(?:[ \t\f\v]*(?:--[^\r\n]*)?[\r\n](?:\s|--[^\r\n]*[\r\n])*'(?:[^'\\]|\\[\s\S]|'')*(?:'|$))*|$))|(?:(?:\b[uU]&|\b[bBxXnN])?'(?:[^']|'')*(?:'|$))|(?:(?:\b[uU]&)?"(?:[^"]|"")*(?:"|$))|(?:--[^\r\n]*)|(?:\/\*)|(?:(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)/g;

/**
 * Splits a statement into code and text, by PostgreSQL's lexical rules with `standard_conforming_strings` on.
 * It decides nothing about safety (the guard does, with the real grammar); it finds parameters and hides literals.
 */
export function scanSql(sql: string): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let from = 0;
  opaque.lastIndex = 0;
  for (let match = opaque.exec(sql); match !== null; match = opaque.exec(sql)) {
    const start = match.index;
    const token = match[0];
    let end = start + token.length;
    let kind: SqlPiece['kind'] = 'literal';
    if (token.startsWith('--')) kind = 'comment';
    else if (token === '/*') {
      kind = 'comment';
      end = endOfComment(sql, start);
    } else if (token.startsWith('$')) {
      const close = sql.indexOf(token, end);
      end = close < 0 ? sql.length : close + token.length;
    } else if (token.endsWith('"')) kind = 'quoted-name';
    if (start > from) pieces.push({ kind: 'code', text: sql.slice(from, start), start: from });
    pieces.push({ kind, text: sql.slice(start, end), start });
    from = end;
    opaque.lastIndex = end;
  }
  if (from < sql.length) pieces.push({ kind: 'code', text: sql.slice(from), start: from });
  return pieces;
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let match = edge.exec(sql); match !== null; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}
