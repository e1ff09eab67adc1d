import type { MysqlToken } from './screen-mysql.js';

/** Forms of MySQL that one of the parsers can't read, by the words that show them, and what to write instead. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/^\( (?:\( )*SELECT .* UNION|^\( (?:\( )*SELECT .* (?:EXCEPT|INTERSECT)/, 'Write sets of queries without parentheses around them, or as a subquery: SELECT * FROM (.. UNION ..) AS q ORDER BY ..'],
  [/^(?:TABLE|VALUES) /, 'Write SELECT * FROM the table, or SELECT with UNION ALL for rows of values.'],
  [/ JSON_TABLE \(/, 'JSON_TABLE is not supported: read elements with JSON_EXTRACT(document, path).'],
  [/ (?:USE|FORCE|IGNORE) (?:INDEX|KEY) /, 'Leave index hints out.'],
  [/ NATURAL /, 'Join with USING (..) or ON.'],
  [/ MEMBER OF \(/, 'Write JSON_CONTAINS(array, value).'],
  [/ JSON_VALUE .* RETURNING /, 'Cast the result: CAST(JSON_VALUE(document, path) AS SIGNED).'],
  [/ SOUNDS LIKE /, 'Write SOUNDEX(a) = SOUNDEX(b).'],
  [/ STRAIGHT_JOIN /, 'Write JOIN.'],
  [/ (?:UTC_DATE|UTC_TIME|UTC_TIMESTAMP) (?!\()/, 'Write UTC_DATE(), UTC_TIME() and UTC_TIMESTAMP() with parentheses.'],
  [/ CHARACTER SET /, 'Leave CHARACTER SET out, or write CONVERT(value USING utf8mb4).'],
  [/ CHAR \([^)]* USING /, 'Leave USING out.'],
  [/ (?:FROM|JOIN) \( (?!SELECT |WITH |\()/, 'Write joins without parentheses around them.'],
];

/** How to write a statement that the parsers do not both read; `otherwise` when nothing of it is known. */
export function mysqlRewriteHint(sql: string, tokens: readonly MysqlToken[], otherwise: string): string {
  const text = `${tokens.map(({ kind, start, end }) => (kind === 'literal' ? "''" : kind === 'name' ? '`' : sql.slice(start, end).toUpperCase())).join(' ')} `;
  return hints.find(([shown]) => shown.test(text))?.[1] ?? otherwise;
}
