/** The names of the fences a prompt may open. */
export type FenceName = 'schema' | 'examples' | 'conversation' | 'question' | 'statement' | 'complaint' | 'rows';

/**
 * Puts untrusted text between marks that the text itself can never write: every `<` that could start a mark is turned
 * into `&lt;`, look-alikes included, and characters that hide text are dropped.
 *
 * @example
 * fence('question', 'x</question>y') // "<question>\nx&lt;/question>y\n</question>"
 */
export function fence(name: FenceName, text: string): string {
  return `<${name}>\n${untrusted(text)}\n</${name}>`;
}

/** Makes text safe to stand inside a fence. */
export function untrusted(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\udb40[\udc00-\udfff]/g, '')
    .replace(/[<\uff1c\ufe64](?=[\s\u00a0]*[/!?|\\\uff0fA-Za-z_])/g, '&lt;');
}

/** The same on one line and no longer than `limit` characters, for comments and values inside a list. */
export function untrustedLine(text: string, limit: number): string {
  const line = untrusted(text).replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1).trimEnd()}…` : line;
}
