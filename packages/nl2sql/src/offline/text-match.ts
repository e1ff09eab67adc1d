import { atEnd, peek, takePhrase, textOf, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import { functionWords } from './word-classes.js';

/** A piece of text and where in a value it is to stand. */
export interface TextMatch {
  readonly where: 'start' | 'inside' | 'end';
  readonly text: string;
}

const ways: readonly (readonly [TextMatch['where'], readonly string[]])[] = [
  ['start', ['starting with', 'starts with', 'start with', 'started with', 'beginning with', 'begins with', 'begin with', 'beginning in', 'begins in']],
  ['end', ['ending with', 'ends with', 'end with', 'ending in', 'ends in', 'end in']],
  ['inside', ['containing', 'contains', 'contain', 'including', 'includes', 'include', 'mentioning', 'mentions', 'mention', 'has the word', 'with the word', 'is like', 'like']],
];

/**
 * Reads "starts with Intro", "containing the word data". Behind an attribute any word is text; without one only a quoted
 * text is, because rows contain other rows too ("orders containing lamps"), except after "starts with" and "ends with".
 */
export function readTextMatch(cursor: Cursor, behindAttribute: boolean): TextMatch | null {
  const from = cursor.position;
  takePhrase(cursor, ['that', 'which', 'who']);
  for (const [where, phrases] of ways) {
    if (takePhrase(cursor, phrases) === null) continue;
    takePhrase(cursor, ['the letters', 'the letter', 'the words', 'the word', 'the text', 'the phrase', 'the string', 'the prefix', 'letter', 'word', 'a', 'an', 'the']);
    const text = takeText(cursor, behindAttribute || where !== 'inside');
    if (text !== null) return { where, text };
    break;
  }
  cursor.position = from;
  return null;
}

function takeText(cursor: Cursor, unquoted: boolean): string | null {
  const first = peek(cursor);
  if (first?.kind === 'quoted') {
    cursor.position += 1;
    return first.text;
  }
  if (!unquoted || first === undefined || (first.kind !== 'word' && first.kind !== 'number') || (functionWords.has(first.lower) && !first.capital && first.lower.length > 1)) return null;
  const from = cursor.position;
  cursor.position += 1;
  // "starts with New York": capitalised words go on.
  while (!atEnd(cursor) && first.capital && peek(cursor)?.capital === true && !functionWords.has(wordAt(cursor))) cursor.position += 1;
  return textOf(cursor, from, cursor.position - from);
}

/** The pattern for ILIKE, with its own signs escaped. */
export function likePattern({ where, text }: TextMatch): string {
  const escaped = text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return `${where === 'start' ? '' : '%'}${escaped}${where === 'end' ? '' : '%'}`;
}
