/** What the catalog queries are narrowed to. */
export interface CatalogScope {
  readonly schemas: readonly string[] | null;
  readonly includePartitions: boolean;
  readonly readableOnly: boolean;
}
