import { singular } from './singular.js';

/** Words of a phrase as the lexicon keys them. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '')
    .map(singular);
}
