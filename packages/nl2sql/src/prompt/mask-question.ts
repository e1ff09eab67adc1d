import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { isStopWord, searchTerm, searchWords } from '../linking/search-terms.js';

const maskedWord = '_';

/** Turns a question into its shape: words of the schema, values and numbers become a mask, the rest stays. */
export type QuestionMask = (question: string) => readonly string[];

/**
 * Makes the mask of a schema. Two questions of the same shape ("How many _ per _ since _?") are answered by SQL of the same
 * shape, whatever tables they are about: masked similarity beat plain similarity on Spider (82.0 against 79.9, DAIL-SQL).
 */
export function createQuestionMask(artifact: SchemaArtifact): QuestionMask {
  const names = new Set<string>();
  const add = (text: string) => {
    for (const word of searchWords(text)) if (!isStopWord(word)) names.add(searchTerm(word));
  };
  for (const relation of artifact.relations) {
    [relation.name, ...relation.synonyms].forEach(add);
    for (const column of relation.columns) [column.name, ...column.synonyms, ...column.sampleValues.filter((value) => value.length <= 40)].forEach(add);
  }
  return (question) => {
    const unquoted = question.replace(/"[^"]*"|“[^”]*”|(?<!\w)'[^']*'(?!\w)|\{[^}]*\}/g, ' \u00b6 ');
    const words = unquoted.split(/\s+/).flatMap((word) => (word.includes('\u00b6') || /\d/.test(word) ? [maskedWord] : searchWords(word)));
    const masked = words.map((word) => (word === maskedWord || names.has(searchTerm(word)) ? maskedWord : word));
    return masked.filter((word, index) => word !== maskedWord || masked[index - 1] !== maskedWord);
  };
}

/** How alike two shapes are, 0..1: the share of words and of neighbouring pairs that they have in common (Dice). */
export function shapeSimilarity(a: readonly string[], b: readonly string[]): number {
  const left = features(a);
  const right = features(b);
  let shared = 0;
  for (const [feature, count] of left) shared += Math.min(count, right.get(feature) ?? 0);
  const total = sum(left) + sum(right);
  return total === 0 ? 0 : (2 * shared) / total;
}

function features(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  words.forEach((word, index) => {
    for (const feature of [word, `${words[index - 1] ?? '^'} ${word}`]) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  });
  return counts;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
