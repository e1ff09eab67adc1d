import type { ArtifactColumn, Relation } from './schema-artifact.js';

/** A relation as far as its hash and its differences go: without its row estimate and without passing sample values. */
export type LastingRelation = Omit<Relation, 'rowEstimate' | 'columns'> & { readonly columns: readonly ArtifactColumn[] };

/**
 * Leaves out what changes as rows come and go: the row estimate, and sample values that are but a few of many. A complete
 * list of values stays: it says what a column can hold.
 */
export function lastingContent({ rowEstimate: _rowEstimate, ...relation }: Relation): LastingRelation {
  return { ...relation, columns: relation.columns.map((column) => (column.sampleValuesComplete ? { ...column, sampleValues: [...column.sampleValues].sort() } : { ...column, sampleValues: [] })) };
}
