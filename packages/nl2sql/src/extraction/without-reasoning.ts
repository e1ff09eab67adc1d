const closing = /<\/(think|thinking|reasoning)>/gi;

/** A reply without the thoughts that reasoning models put before their answer, also when the start mark is missing. */
export function withoutReasoning(text: string): string {
  const closed = withoutClosed(text);
  const orphan = [...closed.matchAll(closing)][0];
  return orphan === undefined ? closed : closed.slice(orphan.index + orphan[0].length);
}

/** One pass over the marks: a closing one that is not there is not looked for again at every opening one. */
function withoutClosed(text: string): string {
  const ends = [...text.matchAll(closing)];
  let kept = '';
  let position = 0;
  for (const match of text.matchAll(/<(think|thinking|reasoning)>/gi)) {
    if (match.index < position) continue;
    while (ends[0] !== undefined && ends[0].index < match.index) ends.shift();
    const end = ends.find(([, name]) => name?.toLowerCase() === match[1]?.toLowerCase());
    if (end === undefined) break;
    kept += text.slice(position, match.index);
    position = end.index + end[0].length;
  }
  return kept + text.slice(position);
}
