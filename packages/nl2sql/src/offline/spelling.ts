import type { Lexicon } from './lexicon.js';
import { singular } from './singular.js';

/** English words one slip away from words that schemas are made of: who writes them may mean them. */
const ownWords = new Set(
  'county counties mayor mayors prize prizes trade trades border borders staff stuff brunch costumer costumers patent patents manger coarse scale scales statue statues plant plants planet planets older elder loads boats coats cites sites sails seller sellers leader leaders reader readers waiter writer writers driver drivers diver divers server servers serves founder founders lender lenders vender tender gender genders sender render teacher teachers tester testers clerk clerks chart charts cart carts card cards care cards cause clause course courses courts court paint points point print prints county contract contact contacts contracts content contents context product produce products project projects protect object objects event events even evens month mouth months mouths start starts state states status stars story stories store stores stone stones stock stocks stork price prices pride prime crime crimes crane title titles tile tiles table tables cable cables tablet tablets author authors visit visits visitor visitors tenant tenants tenet tenets parent parents patient patients patience unit units unite account accounts amount amounts mount'.split(/\s+/),
);

const shortest = 5;

/**
 * The one word of the schema that a word is a slip of the pen away from: two letters swapped, one too many, one missing
 * or one wrong behind the first. Null when there is none or more than one.
 */
export function correctedWord(word: string, lexicon: Lexicon): string | null {
  const wrong = word.toLowerCase();
  if (wrong.length < shortest - 1 || !/^\p{L}+$/u.test(wrong) || ownWords.has(wrong)) return null;
  const near = new Set<string>();
  for (const known of lexicon.words()) {
    if (known[0] !== wrong[0] || Math.abs(known.length - wrong.length) > 2) continue;
    for (const form of [known, plural(known)]) if (isSlip(wrong, form)) near.add(known);
  }
  const [only, ...others] = near;
  return only === undefined || others.length > 0 ? null : only;
}

function plural(word: string): string {
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function isSlip(wrong: string, right: string): boolean {
  if (wrong === right || right.length < 4) return false;
  let start = 0;
  while (start < wrong.length && wrong[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(wrong.length, right.length) - start && wrong[wrong.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const [left, other] = [wrong.slice(start, wrong.length - end), right.slice(start, right.length - end)];
  if (left.length === 2 && other.length === 2) return left[0] === other[1] && left[1] === other[0];
  if (left.length === 1 && other.length === 1) return right.length >= shortest;
  // A letter doubled, dropped or slipped in; at the very end it would be another form of the word.
  if (left.length + other.length !== 1) return false;
  return right.length >= shortest || (left.length === 0 && end > 0);
}

/** Words of the schema that resemble an unknown one, to be offered: longer ones that share its beginning. */
export function similarWords(word: string, lexicon: Lexicon): readonly string[] {
  const lower = singular(word.toLowerCase());
  if (lower.length < 4) return [];
  const close = [...lexicon.words()].filter((known) => known.length >= 4 && known !== lower && (isSlip(lower, known) || (lower.slice(0, 4) === known.slice(0, 4) && Math.abs(known.length - lower.length) <= 4)));
  return close.slice(0, 3);
}
