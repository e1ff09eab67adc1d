const commonWords = new Set(
  'a about all an and any are as at be been by can could did do does for from give had has have how i in is it its list many me much of on or our please show so some tell than that the their them then there these they this those to us was we were what when where which who whom why will with would you your'.split(' '),
);

/** The words of a text that carry its matter: lower case, without accents, common words and plural endings. */
export function wordsOf(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return new Set(words.filter((word) => !commonWords.has(word)).map((word) => word.replace(/(?<=\w{3})(?:ies|es|s)$/u, '')));
}
