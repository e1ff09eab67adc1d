import { ParameterError } from '../errors/parameter-error.js';

/** PostgreSQL text cannot hold NUL; a lone surrogate would arrive as another character. */
export function wellFormed(text: string, allowsNul = false): string {
  if (!allowsNul && text.includes('\0')) throw new ParameterError('A text value holds the character NUL, which the database cannot store.');
  if (/\p{Surrogate}/u.test(text)) throw new ParameterError('A text value holds half of a surrogate pair, which is not a character.');
  return text;
}
