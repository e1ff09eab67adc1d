import type { SchemaArtifact } from '../artifact/schema-artifact.js';

const common = [
  'Write exactly one SELECT statement; it may start with WITH. Never write to the database, never call functions that do.',
  'Use only the relations and columns of the schema, each relation with its schema name, each column with its relation or alias. Copy quoted names with their quotes.',
  'Join along the foreign keys of the schema. When two keys lead to the same relation, take the one the question means.',
  'Select the columns the question asks for and nothing else; give computed columns a short alias in snake_case.',
  'Count or sum rows before a join can multiply them; use COUNT(DISTINCT ..) when it already has.',
  'Order the result when the question ranks or compares over time; end an ordering of nullable columns so that missing values come last.',
  'Compare text that people typed without regard to case when the examples do not show how it is written.',
  'Guard divisions against zero with NULLIF.',
];

const postgresql = [
  'The dialect is PostgreSQL. Integer division truncates: cast one side to numeric. Round with round(value::numeric, digits).',
  "Dates: date_trunc('month', d), extract(year FROM d), d >= DATE '2024-01-01' AND d < DATE '2024-02-01', INTERVAL '3 months'. Half-open ranges, never BETWEEN on timestamps.",
  'Text: ILIKE for case-insensitive search, || to concatenate, string_agg to collect.',
  'Conditional aggregates with FILTER (WHERE ..). The top row of each group with DISTINCT ON or row_number().',
];

const mysql = [
  'The dialect is MySQL 8.0; a schema is a database. Quote names with backticks, strings with single quotes. The operator / gives decimals, DIV whole numbers. Round with ROUND(value, digits).',
  "Dates: DATE_FORMAT(d, '%Y-%m'), YEAR(d), d >= '2024-01-01' AND d < '2024-02-01', DATE_SUB(d, INTERVAL 3 MONTH), TIMESTAMPDIFF(DAY, a, b). Half-open ranges, never BETWEEN on timestamps.",
  'Text: CONCAT(..), GROUP_CONCAT(..), LIKE is case-insensitive; || is a logical OR. There is no ILIKE, no FULL JOIN, no :: cast, no FILTER, no DISTINCT ON, no NULLS LAST, no date_trunc and no INTERSECT.',
  'Conditional aggregates with SUM(CASE WHEN .. THEN 1 ELSE 0 END). The top row of each group with ROW_NUMBER() in a WITH. Missing values last with ORDER BY d IS NULL, d. A tinyint(1) is a boolean: 1 or 0.',
  'Every selected column is in GROUP BY or inside an aggregate: the server refuses any other (ONLY_FULL_GROUP_BY).',
];

/** What a model must know of the dialect and of this system's limits, one rule a line. */
export function dialectRules(dialect: SchemaArtifact['dialect'], maxRows: number): readonly string[] {
  return [...common, ...(dialect === 'postgresql' ? postgresql : mysql), `At most ${maxRows} rows are returned: aggregate rather than list when the question asks for a figure, and set a smaller LIMIT when it asks for a top few.`];
}
