const irregular = new Map([
  ['ids', 'id'], ['people', 'person'], ['men', 'man'], ['women', 'woman'], ['children', 'child'], ['staff', 'staff'], ['data', 'data'], ['series', 'series'], ['species', 'species'], ['news', 'news'],
  ['criteria', 'criterion'], ['indices', 'index'], ['indexes', 'index'], ['analyses', 'analysis'], ['statuses', 'status'], ['addresses', 'address'], ['buses', 'bus'], ['matrices', 'matrix'],
  ['movies', 'movie'], ['cookies', 'cookie'], ['ties', 'tie'], ['salespeople', 'salesperson'], ['media', 'medium'], ['theses', 'thesis'], ['leaves', 'leave'], ['shelves', 'shelf'], ['lives', 'life'], ['halves', 'half'],
]);

/** Singular words that end like a plural. */
const unchanged = new Set(['gas', 'atlas', 'canvas', 'bias', 'alias', 'texas', 'kansas', 'arkansas', 'christmas', 'chaos', 'cosmos', 'mathematics', 'physics', 'statistics', 'economics', 'linguistics', 'genetics', 'mechanics', 'optics', 'dynamics', 'logistics', 'politics', 'ethics', 'athletics', 'always', 'perhaps', 'whereas']);

/** Whether the last word of a phrase stands in the plural. */
export function isPlural(text: string): boolean {
  const last = text.toLowerCase().split(/[^\p{L}]+/u).at(-1) ?? '';
  return singular(last) !== last;
}

/** The singular of an English noun in lower case; a word that is none comes back as it is. */
export function singular(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length < 4 || /(ss|us|is)$/.test(word) || !word.endsWith('s') || unchanged.has(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
