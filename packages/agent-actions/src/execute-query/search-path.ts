/**
 * The pinned search_path: PostgreSQL's own catalog first, so that no function of a schema can take the place of a
 * built-in one, and the temporary schema last, which PostgreSQL would otherwise look into before all others.
 */
export function pinnedSearchPath(schemas: readonly string[]): string {
  return ['pg_catalog', ...schemas.filter((schema) => schema !== 'pg_catalog' && schema !== 'pg_temp').map((schema) => `"${schema.replaceAll('"', '""')}"`), 'pg_temp'].join(', ');
}
