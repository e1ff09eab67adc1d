import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { isStopWord, searchTerm, searchWords } from './search-terms.js';
import type { WordSegmenter } from './word-segmenter.js';

/** How much a word counts by where it stands. */
const fieldWeights = { relationName: 4, relationSynonym: 4, relationComment: 1.5, columnName: 1.6, columnSynonym: 1.6, columnComment: 0.7, value: 1, meaning: 2 } as const;
type Field = keyof typeof fieldWeights;

/** The words that a relation can be found by, each with its weight, names split and stemmed. */
export function relationTerms(relation: Relation, segment: WordSegmenter, meanings: readonly string[]): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string | null, field: Field) => {
    if (text === null) return;
    const isName = field === 'relationName' || field === 'columnName';
    for (const word of searchWords(text)) {
      addTerm(terms, word, fieldWeights[field], isName);
      const parts = isName ? segment(word) : null;
      for (const part of parts ?? []) addTerm(terms, part, fieldWeights[field] * 0.8, true);
    }
  };
  add(relation.name, 'relationName');
  // People also write the name as one word, "playerattributes".
  addJoined(terms, relation.name, fieldWeights.relationName);
  for (const synonym of relation.synonyms) add(synonym, 'relationSynonym');
  add(relation.comment, 'relationComment');
  for (const meaning of meanings) add(meaning, 'meaning');
  for (const column of relation.columns) {
    add(column.name, 'columnName');
    addJoined(terms, column.name, fieldWeights.columnName * 0.5);
    for (const synonym of column.synonyms) add(synonym, 'columnSynonym');
    add(column.comment, 'columnComment');
    for (const value of column.sampleValues) if (value.length <= 80 && /\p{L}/u.test(value)) add(value, 'value');
    for (const words of Object.values(column.valueSynonyms)) for (const word of words) add(word, 'value');
  }
  return terms;
}

function addTerm(terms: Map<string, number>, word: string, weight: number, isName: boolean): void {
  if (!isName && isStopWord(word)) return;
  const term = searchTerm(word);
  terms.set(term, (terms.get(term) ?? 0) + weight);
}

function addJoined(terms: Map<string, number>, name: string, weight: number): void {
  const words = searchWords(name);
  if (words.length < 2 || words.length > 4) return;
  const term = searchTerm(words.join(''));
  terms.set(term, (terms.get(term) ?? 0) + weight);
}

/** Every word that a schema is written with, for splitting glued names. */
export function schemaVocabulary(artifact: SchemaArtifact): Set<string> {
  const words = new Set<string>();
  const add = (text: string | null) => {
    if (text !== null) for (const word of searchWords(text)) words.add(word);
  };
  for (const relation of artifact.relations) {
    add(relation.name);
    add(relation.comment);
    for (const column of relation.columns) {
      add(column.name);
      add(column.comment);
    }
  }
  return words;
}

/** The terms of a question: its words, and neighbours joined, so that "gas stations" finds `gasstations`. */
export function questionTerms(question: string, isKnown: (term: string) => boolean, segment: WordSegmenter): ReadonlyMap<string, number> {
  const words = searchWords(question);
  const terms = new Map<string, number>();
  const add = (term: string, weight: number) => terms.set(term, Math.max(terms.get(term) ?? 0, weight));
  words.forEach((word, index) => {
    if (!isStopWord(word)) add(searchTerm(word), 1);
    for (const part of segment(word) ?? []) add(searchTerm(part), 0.6);
    const next = words[index + 1];
    if (next === undefined) return;
    const joined = searchTerm(word + next);
    if (isKnown(joined)) add(joined, 1.5);
  });
  return terms;
}
