import type { SchemaArtifact } from '@ask-aurora/nl2sql';
import { wordsOf } from '../guardrail/words-of.js';

/** A piece of text that can be found. */
export interface KnowledgeBaseDocument {
  readonly text: string;
  /** Where it is said to lie. */
  readonly uri: string;
  readonly metadata?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A document and how well it fits, 0..1. */
export interface RetrievedDocument {
  readonly document: KnowledgeBaseDocument;
  readonly score: number;
}

/** One document for each relation of a schema: its name, comments, columns and the words people use for them. */
export function schemaDocuments(artifact: SchemaArtifact): readonly KnowledgeBaseDocument[] {
  return artifact.relations.map((relation) => ({
    text: [
      `Table ${relation.schema}.${relation.name}${relation.comment === null ? '' : `: ${relation.comment}`}`,
      ...(relation.synonyms.length > 0 ? [`Also called: ${relation.synonyms.join(', ')}`] : []),
      ...relation.columns.map((column) => `${column.name} ${column.type}${column.comment === null ? '' : `: ${column.comment}`}${column.synonyms.length > 0 ? ` (${column.synonyms.join(', ')})` : ''}`),
    ].join('\n'),
    uri: `s3://ask-aurora-local/schema/${relation.schema}.${relation.name}.txt`,
    metadata: { schema: relation.schema, relation: relation.name },
  }));
}

/** Documents by BM25 (k1 1.2, b 0.75) over their words, best first; the best one's score is 1. */
export function retrieve(documents: readonly KnowledgeBaseDocument[], query: string, count: number): readonly RetrievedDocument[] {
  const indexed = documents.map((document) => ({ document, words: countsOf(document.text) }));
  const averageLength = indexed.reduce((sum, each) => sum + each.words.length, 0) / Math.max(1, indexed.length);
  const scored = indexed.map(({ document, words }) => {
    let score = 0;
    for (const word of wordsOf(query)) {
      const frequency = words.counts.get(word) ?? 0;
      if (frequency === 0) continue;
      const holders = indexed.filter((each) => each.words.counts.has(word)).length;
      const rarity = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
      score += (rarity * frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * words.length) / averageLength));
    }
    return { document, score };
  });
  const best = Math.max(0, ...scored.map((each) => each.score));
  return scored
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ document, score }) => ({ document, score: score / best }));
}

function countsOf(text: string): { readonly counts: ReadonlyMap<string, number>; readonly length: number } {
  const counts = new Map<string, number>();
  const tokens = text.split(/[^\p{L}\p{N}]+/u).flatMap((token) => [...wordsOf(token)]);
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return { counts, length: tokens.length };
}
