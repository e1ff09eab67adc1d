import { scanSql } from './scan-sql.js';

/**
 * The statement with every literal, number and comment hidden: enough to read what was asked of the database,
 * without any value that came from a question or a row.
 */
export function redactLiterals(sql: string): string {
  return scanSql(sql)
    .map((piece) => {
      if (piece.kind === 'literal') return "'?'";
      if (piece.kind === 'comment') return '';
      if (piece.kind === 'quoted-name') return piece.text;
      return piece.text.replace(/(?<![\w$:])\.?\d[\w.]*/g, '?');
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
