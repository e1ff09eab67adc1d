/** A statement cut at its `:name` placeholders: between each two texts stands a parameter. */
export interface ScannedMysqlStatement {
  readonly texts: readonly string[];
  readonly names: readonly string[];
  /** Whether a semicolon has more than white space and comments behind it, as two statements have. */
  readonly several: boolean;
}

const lineComment = String.raw`(?:#|--(?=\s|$))[^\n]*`;
const blockComment = String.raw`/\*[\s\S]*?(?:\*/|$)`;
const quoted = (quote: string) => String.raw`${quote}(?:[^\\${quote}]|\\[\s\S]|${quote}${quote})*(?:${quote}|$)`;
const identifier = '`(?:[^`]|``)*(?:`|$)';
const token = new RegExp(`${lineComment}|${blockComment}|${quoted("'")}|${quoted('"')}|${identifier}|::?|:=|;`, 'gu');
const name = /[A-Za-z0-9_]+/uy;
const onlyComments = new RegExp(`^(?:\\s|;|${lineComment}|${blockComment})*$`, 'u');

/** Finds `:name` as MySQL's lexer tells code from strings, quoted names and comments. */
export function scanMysqlStatement(sql: string): ScannedMysqlStatement {
  const texts: string[] = [];
  const names: string[] = [];
  let copied = 0;
  let several = false;
  for (const { 0: found, index } of sql.matchAll(token)) {
    if (found === ';') several ||= !onlyComments.test(sql.slice(index));
    if (found !== ':') continue;
    name.lastIndex = index + 1;
    const [matched] = name.exec(sql) ?? [];
    if (matched === undefined) continue;
    texts.push(sql.slice(copied, index));
    names.push(matched);
    copied = name.lastIndex;
  }
  return { texts: [...texts, sql.slice(copied)], names, several };
}
