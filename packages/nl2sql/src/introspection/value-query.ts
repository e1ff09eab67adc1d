import type { ArtifactColumn, Relation } from '../artifact/schema-artifact.js';

/** A column to read, and its place in its relation. */
export interface SampledColumn {
  readonly column: ArtifactColumn;
  readonly position: number;
  /** How many of its values are read. */
  readonly most: number;
}

/** What a query found in a column. */
export interface ColumnValues {
  readonly position: number;
  /** Most frequent first. */
  readonly values: readonly string[];
  /** Of all values that were looked at. */
  readonly rows: number;
  readonly distinctValues: number;
  /** Whether values were passed over for their length. */
  readonly leftOut: boolean;
}

/** How the values of a relation are read in one query, by dialect. */
export interface ValueQuery {
  /** Whether a type holds text, of which many values are kept. Enums are told by `isEnum`. */
  isText(type: string): boolean;
  /** Whether values of a type are worth showing. */
  isSampled(type: string): boolean;
  sql(relation: Relation, columns: readonly SampledColumn[], rowLimit: number): string;
  read(rows: readonly Record<string, unknown>[]): readonly ColumnValues[];
}

/** Longer values are passed over. */
export const longestValue = 80;
