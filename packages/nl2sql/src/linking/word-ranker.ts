import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { createInvertedIndex } from './inverted-index.js';
import { relationKey } from './relation-graph.js';
import type { RelationRanker } from './relation-ranker.js';
import { questionTerms, relationTerms } from './relation-terms.js';
import type { WordSegmenter } from './word-segmenter.js';

/** Ranks relations by BM25 over names, synonyms, comments, sample values, metrics and filters. Needs no model. */
export function createWordRanker(artifact: SchemaArtifact, segment: WordSegmenter): RelationRanker {
  const meanings = new Map<string, string[]>();
  for (const { relation, name, synonyms, comment } of [...artifact.metrics, ...artifact.filters]) {
    const key = relationKey(relation.schema, relation.name);
    meanings.set(key, [...(meanings.get(key) ?? []), name, ...synonyms, ...(comment === null ? [] : [comment])]);
  }
  const index = createInvertedIndex(artifact.relations.map((relation) => relationTerms(relation, segment, meanings.get(relationKey(relation.schema, relation.name)) ?? [])));
  return {
    name: 'words',
    rank: (question) => Promise.resolve(index.score(questionTerms(question, index.has, segment))),
  };
}
