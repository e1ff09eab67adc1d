import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { questionTerms } from './relation-terms.js';
import type { RelationRanker } from './relation-ranker.js';
import { searchTerm, searchWords } from './search-terms.js';
import type { WordSegmenter } from './word-segmenter.js';

/**
 * Ranks relations by how much of their own name, or of a synonym, the question says: "airlines" means `airline` before it
 * means `dual_carrier`, however many tables have a column about airlines.
 */
export function createNameRanker(artifact: SchemaArtifact, segment: WordSegmenter): RelationRanker {
  const postings = new Map<string, { readonly relation: number; readonly name: number; readonly share: number }[]>();
  const names: number[] = [];
  artifact.relations.forEach((relation, index) => {
    for (const name of [relation.name, ...relation.synonyms]) {
      const words = new Set(searchWords(name).flatMap((word) => segment(word) ?? [word]).filter((word) => !/^\d+$/.test(word)).map(searchTerm));
      const whole = searchTerm(searchWords(name).join(''));
      for (const word of words) post(postings, word, { relation: index, name: names.length, share: 1 / words.size });
      if (words.size > 1) post(postings, whole, { relation: index, name: names.length, share: 1 });
      names.push(index);
    }
  });
  return {
    name: 'names',
    rank(question) {
      const covered = new Float64Array(names.length);
      const scores = new Float64Array(artifact.relations.length);
      for (const term of questionTerms(question, (known) => postings.has(known), segment).keys()) {
        for (const { relation, name, share } of postings.get(term) ?? []) {
          const total = Math.min(1, (covered[name] ?? 0) + share);
          covered[name] = total;
          // Half a name is much less than half the evidence: every bridge table holds half of each name it joins.
          if (total * total > (scores[relation] ?? 0)) scores[relation] = total * total;
        }
      }
      return Promise.resolve(scores);
    },
  };
}

function post<T>(postings: Map<string, T[]>, term: string, entry: T): void {
  const list = postings.get(term);
  if (list === undefined) postings.set(term, [entry]);
  else list.push(entry);
}
