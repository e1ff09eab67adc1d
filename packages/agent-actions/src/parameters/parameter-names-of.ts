import { scanSql } from './scan-sql.js';

/** The `:name` parameters that a statement has, each once. What a caller calls its values is no part of it. */
export function parameterNamesOf(sql: string): readonly string[] {
  const found = scanSql(sql).flatMap((piece) => (piece.kind === 'code' ? [...piece.text.matchAll(/(?<![:\w]):([A-Za-z_]\w{0,62})/g)].map(([, name = '']) => name) : []));
  return [...new Set(found)];
}
