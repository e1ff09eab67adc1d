/** Thrown inside the answerer when words of a question find no place; caught where the abstention is made. */
export class NotUnderstood extends Error {
  /** @param reason one sentence for the user */
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Words of the question that nothing in the database is called. */
export class UnknownWords extends NotUnderstood {
  constructor(readonly words: readonly string[]) {
    super(`I do not know ${quotedList(words)} in this database.`);
  }
}

/** `"a", "b" and "c"` */
export function quotedList(words: readonly string[], joint = 'and'): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} ${joint} ${quoted.at(-1) ?? ''}` : (quoted[0] ?? '');
}
