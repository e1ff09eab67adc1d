import type { Lexicon } from './lexicon.js';
import type { LinkKind } from './link.js';
import type { Mention } from './request.js';
import type { Token } from './tokenise.js';

/** A reading position in a question. Readers advance it when they succeed and leave it alone when they do not. */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly lexicon: Lexicon;
  readonly today: string;
  position: number;
}

export function peek(cursor: Cursor, offset = 0): Token | undefined {
  return cursor.tokens[cursor.position + offset];
}

/** The lower-case word at an offset, or an empty string. */
export function wordAt(cursor: Cursor, offset = 0): string {
  return peek(cursor, offset)?.lower ?? '';
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.tokens.length;
}

/** Takes the first of these word sequences that stands here, longest first when given so. */
export function takePhrase(cursor: Cursor, phrases: readonly string[]): string | null {
  for (const phrase of phrases) {
    const words = phrase.split(' ');
    if (words.every((word, offset) => wordAt(cursor, offset) === word)) {
      cursor.position += words.length;
      return phrase;
    }
  }
  return null;
}

/** The longest mention here that has a link of one of these kinds; its other links are dropped. Does not advance. */
export function mentionHere(cursor: Cursor, kinds?: readonly LinkKind[]): (Mention & { readonly length: number }) | null {
  for (const match of cursor.lexicon.at(cursor.tokens, cursor.position)) {
    const links = kinds === undefined ? match.links : match.links.filter((link) => kinds.includes(link.kind));
    if (links.length > 0) return { text: textOf(cursor, cursor.position, match.length), links, length: match.length };
  }
  return null;
}

export function textOf(cursor: Cursor, position: number, length: number): string {
  return cursor.tokens.slice(position, position + length).map((token) => token.text).join(' ');
}
