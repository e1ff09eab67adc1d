/** Endings that stand glued to names in schemas written without separators. */
const gluedWords = ['id', 'no', 'num', 'number', 'name', 'date', 'time', 'code', 'key', 'type', 'count', 'amount', 'price', 'status', 'year', 'month', 'day', 'desc', 'info', 'data', 'link', 'url', 'map', 'list', 'score', 'scores', 'table'];

/** Splits `customerid` into customer and id when both are words of the schema. Null when no whole split is found. */
export type WordSegmenter = (word: string) => readonly string[] | null;

/**
 * Makes a segmenter from the words of a schema. Takes the split with the fewest words, each of three letters or more
 * (two for a glued ending).
 */
export function createWordSegmenter(vocabulary: Iterable<string>): WordSegmenter {
  const words = new Set(gluedWords);
  for (const word of vocabulary) if (word.length >= 3 && word.length <= 24 && /^\p{L}+$/u.test(word)) words.add(word);
  const memo = new Map<string, readonly string[] | null>();
  return (word) => {
    const known = memo.get(word);
    if (known !== undefined) return known;
    const split = word.length < 5 || word.length > 40 ? null : fewestWords(word, words);
    memo.set(word, split);
    return split;
  };
}

function fewestWords(word: string, words: ReadonlySet<string>): readonly string[] | null {
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    let shortest: readonly string[] | null = null;
    for (let start = Math.max(0, end - 24); start <= end - 2; start += 1) {
      const head = best[start];
      // The whole word is no split of itself.
      if (head === null || head === undefined || (start === 0 && end === word.length)) continue;
      const part = word.slice(start, end);
      if (!words.has(part)) continue;
      if (shortest === null || head.length + 1 < shortest.length) shortest = [...head, part];
    }
    best[end] = shortest;
  }
  return best[word.length] ?? null;
}
