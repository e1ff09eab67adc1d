/** A question made ready for screening. */
export interface NormalizedQuestion {
  /** Compatibility forms folded, hidden characters gone, quotes straightened; case kept. */
  readonly text: string;
  /** The same in lower case, with quoted stretches replaced by `quoted`: what is quoted is spoken about, not said. */
  readonly spoken: string;
  /** Quoted stretches, in lower case. */
  readonly quoted: readonly string[];
}

const hidden = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|\udb40[\udc00-\udfff]/g;
const quotation = /"([^"\n]{0,300})"|`([^`\n]{0,300})`|(?<![\p{L}\p{N}])'([^'\n]{1,300})'(?![\p{L}\p{N}])/gu;

/** Makes a question ready for screening. */
export function normalizeQuestion(question: string): NormalizedQuestion {
  const text = question
    .normalize('NFKC')
    .replace(hidden, '')
    .replace(/[\u2018\u2019\u201b\u02bc\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
  const whole = /^(["'`])([^"'`]+)\1[.!?]?$/.exec(text);
  const opened = whole?.[2] ?? text;
  const quoted: string[] = [];
  const masked = opened.replace(/[^\S\n]+/g, ' ').replace(quotation, (_match, double?: string, back?: string, single?: string) => {
    quoted.push((double ?? back ?? single ?? '').toLowerCase());
    return ' quoted ';
  });
  return { text: opened, spoken: joinSpacedLetters(masked.toLowerCase()), quoted };
}

/** "d r o p table" and "d.e.l.e.t.e" are words that somebody spelled out to be overlooked. */
function joinSpacedLetters(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]\p{L}){3,}(?![\p{L}\p{N}])/gu, (spelled) => spelled.replace(/[ .*_-]/g, ''));
}
