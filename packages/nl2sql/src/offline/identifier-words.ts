import { splitIdentifier } from '../introspection/split-identifier.js';
import { singular } from './singular.js';
import { expandAbbreviations } from './abbreviations.js';

/** What relations are marked with that says nothing of their rows. */
const marks = new Set(['tbl', 'tb', 'tab', 'dim', 'fact', 'fct', 'vw', 'view', 'mv', 'stg']);

/** The words of a relation's name without a mark before it: `tbl_member` is [member]. */
export function relationWords(name: string): readonly string[] {
  const words = splitIdentifier(name);
  return words.length > 1 && marks.has(words[0] ?? '') ? words.slice(1) : words;
}

/**
 * A short form of the relation's name that its columns begin with, such as the "mbr" of `mbr_name` in `member`, or null.
 * Only a word that two columns share and that is no word of the name itself counts.
 */
export function columnMark(relation: readonly string[], columns: readonly string[]): string | null {
  const name = relation.join('');
  const firsts = columns.map(splitIdentifier).flatMap((words) => (words.length > 1 && words[0] !== undefined ? [words[0]] : []));
  const found = firsts.find((word, index) => firsts.indexOf(word) < index && word.length >= 2 && word.length < name.length && !relation.some((own) => own === word || singular(own) === word) && isShortFor(word, name));
  return found ?? null;
}

/** A column's words, its mark taken away and abbreviations written out. */
export function columnWords(name: string, mark: string | null): readonly string[] {
  const words = splitIdentifier(name);
  return expandAbbreviations(words.length > 1 && words[0] === mark ? words.slice(1) : words);
}

/** Whether letters stand in a name in their order, beginning with its first: "mbr" in "member". */
function isShortFor(short: string, name: string): boolean {
  if (short[0] !== name[0]) return false;
  let at = 0;
  for (const letter of name) if (letter === short[at]) at += 1;
  return at === short.length;
}
