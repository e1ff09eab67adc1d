import { singular } from '../offline/singular.js';

/** Words that say nothing about which table is meant. */
const stopWords = new Set(
  ('a an and any are as at be been being but by can could did do does each every find for from get give had has have he her his how i if in into is it its list many may me more most much my no not of on one or our out over ' +
    'please provide return shall she should show so some such tell than that the their them then there these they this those to under up us was we were what when where which who whom whose why will with within would you your ' +
    'also among amount average between calculate compute count different distinct display express following highest identify include indicate least less lowest maximum mean minimum name names number percentage ratio respectively sum total unique value per top return returned').split(' '),
);

/** Whether a word is too common to search by. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** The words of an identifier or a text in lower case: camelCase and snake_case come apart, accents go. */
export function searchWords(text: string): readonly string[] {
  return /^[\x20-\x7e\s]*$/.test(text) ? asciiWords(text) : foldedWords(text);
}

/** The common case, without Unicode tables: indexing 10,000 tables reads a million words. */
function asciiWords(text: string): readonly string[] {
  const words = text.replace(/'s\b/g, '').match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z\d]+|\d+|[A-Z]+/g);
  return words === null ? [] : words.map((word) => word.toLowerCase());
}

function foldedWords(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/['’]s\b/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const memo = new Map<string, string>();
const memoLimit = 50_000;

/** What the forms of a word share, for search: `enrolled`, `enrolls` and `enrolling` meet in `enrol`. */
export function searchTerm(word: string): string {
  const known = memo.get(word);
  if (known !== undefined) return known;
  const term = strip(singular(word));
  if (memo.size < memoLimit) memo.set(word, term);
  return term;
}

function strip(word: string): string {
  const stripped = word.length > 5 ? word.replace(/(?:ization|isation|ational|ations?|ments?|ings?|edly|ed|ers?|ors?|ies|ions?|ally|al|ly)$/, '') : word.length > 4 ? word.replace(/(?:ing|ed|er|or)$/, '') : word;
  const kept = stripped.length >= 3 ? stripped : word;
  return kept.replace(/([b-df-hj-np-rt-z])\1$/, '$1').replace(/(?<=..)[ey]$/, '');
}
