import { isStopWord } from '../linking/search-terms.js';

const word = /[\p{L}\p{N}\p{M}]+/gu;
const longest = 500;

/** Takes out of a text every word of other texts. */
export type WordMask = (text: string) => string;

/**
 * Makes a mask of the words of `secrets`: a text that quotes them, whole or cut short, in other case, JSON-escaped or
 * percent-encoded, comes out with "…" in their place. Words that every English sentence has stay, so that the rest of
 * the text can be read. Texts are cut at 500 characters.
 *
 * @example
 * maskWords(['How many zebras live in Ulm?'])('Malformed input near "zebras live in Ulm": expected a string')
 * // 'Malformed input near "… in …": expected a string'
 */
export function maskWords(secrets: readonly string[]): WordMask {
  const hidden = new Set<string>();
  for (const secret of secrets) for (const [found] of plain(secret).matchAll(word)) if (found.length > 1 && !isStopWord(found)) hidden.add(found);
  const fragments = [...hidden].filter(isTelling);
  const isHidden = (found: string): boolean => {
    const lower = plain(found);
    return hidden.has(lower) || (isTelling(lower) && fragments.some((secret) => secret.includes(lower) || lower.includes(secret)));
  };
  return (text) =>
    unescaped(text)
      .replace(word, (found) => (isHidden(found) ? '…' : found))
      .replace(/…(?:[^\p{L}\p{N}"'<>()[\]{}…]*…)+/gu, '…')
      .slice(0, longest);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Long enough that a part of it gives the whole away: three letters of Latin are in half of all words, two signs of Han are a word. */
function isTelling(text: string): boolean {
  return text.length >= (/^[a-z0-9]+$/.test(text) ? 4 : 2);
}

function unescaped(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\\u([0-9a-f]{4})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    });
}
