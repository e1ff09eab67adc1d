import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { isStopWord, searchTerm, searchWords } from './search-terms.js';

/**
 * Leaves columns of a very wide relation out until it fits `limit` tokens: keys always stay, then those whose name,
 * comment, synonyms or values share words with the question, then the first ones.
 */
export function narrowColumns(relation: Relation, question: string, artifact: SchemaArtifact, cost: (relation: Relation) => number, limit: number): Relation {
  if (cost(relation) <= limit) return relation;
  const words = new Set(searchWords(question).filter((word) => !isStopWord(word)).map(searchTerm));
  const keys = new Set([...relation.primaryKey, ...keyColumns(relation, artifact)]);
  const order = relation.columns
    .map((column, index) => {
      const own = [column.name, ...column.synonyms, ...column.sampleValues, column.comment ?? ''].flatMap(searchWords).map(searchTerm);
      const matches = new Set(own.filter((term) => words.has(term))).size;
      return { column, index, rank: (keys.has(column.name) ? 1_000 : 0) + matches };
    })
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  const kept: typeof order = [];
  let low = 1;
  let high = order.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cost({ ...relation, columns: order.slice(0, middle).map(({ column }) => column) }) <= limit) low = middle;
    else high = middle - 1;
  }
  kept.push(...order.slice(0, low));
  return { ...relation, columns: kept.sort((a, b) => a.index - b.index).map(({ column }) => column) };
}

function keyColumns(relation: Relation, artifact: SchemaArtifact): readonly string[] {
  return artifact.foreignKeys.flatMap(({ from, to }) => [from, to].filter((end) => end.schema === relation.schema && end.relation === relation.name).flatMap((end) => end.columns));
}
