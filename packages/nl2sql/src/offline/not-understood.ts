/** Thrown inside the answerer when words of a question find no place; caught where the abstention is made. */
export class NotUnderstood extends Error {
  /** @param reason one sentence for the user */
  constructor(readonly reason: string) {
    super(reason);
  }
}

export function unknownWords(words: readonly string[]): NotUnderstood {
  const quoted = words.map((word) => `"${word}"`);
  const shown = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : quoted[0];
  return new NotUnderstood(`I cannot relate ${shown} to anything in this database.`);
}
