/** What a number is said for: a figure of the result, a place in an order or a part of a list, a bound, a multiple. */
export type NumberRole = 'figure' | 'rank' | 'bound' | 'multiple';

/** A number of a sentence, and where it stands. */
export interface SaidNumber {
  readonly text: string;
  readonly value: number;
  /** Half a unit of the last digit said: a rounded number is right when it rounds to what was said. */
  readonly tolerance: number;
  readonly percent: boolean;
  readonly role: NumberRole;
  /** How a value compares with a bound: "more than 20" is `>`. */
  readonly comparison: '>' | '>=' | '<' | '<=' | null;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const digits = /(?<![\p{L}\d])[-−]?(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:%|percent|per cent|thousand|million|billion|bn|k|m)(?![\p{L}]))?/giu;
const scales: Readonly<Record<string, number>> = { thousand: 1e3, k: 1e3, million: 1e6, m: 1e6, billion: 1e9, bn: 1e9 };
const words: Readonly<Record<string, number>> = { zero: 0, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100, thousand: 1_000, dozen: 12 };
const spelled = new RegExp(`(?<!\\d\\s?)\\b(?:${Object.keys(words).join('|')})\\b`, 'gi');

const rankBefore = /(?:\b(?:top|bottom|first|last|next|other|remaining|leading|all|these|those|ranks?|ranked|ranking|place|position|number|no\.)(?: (?:the|at|as|number|of))*|#)\s*$/i;
const rankAfter = /^(?:st|nd|rd|th)\b|^\s+(?:most|least|best|worst|others?|\p{L}{2,}est)\b/iu;
const bounds: readonly (readonly [RegExp, '>' | '>=' | '<' | '<='])[] = [
  [/\b(?:at least|no (?:less|fewer) than|a minimum of)\s*[$€£]?$/i, '>='],
  [/\b(?:at most|no more than|not more than|up to|a maximum of)\s*[$€£]?$/i, '<='],
  [/\b(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|larger than)\s*[$€£]?$/i, '>'],
  [/\b(?:less than|fewer than|under|below|lower than|smaller than)\s*[$€£]?$/i, '<'],
];

/** The numbers of a text, in digits and in words, in their order. */
export function saidNumbers(text: string): readonly SaidNumber[] {
  const inDigits = [...text.matchAll(digits)].map((match) => readDigits(match[0], match.index, text));
  const inWords = [...text.matchAll(spelled)].flatMap((match): SaidNumber[] => {
    const value = words[match[0].toLowerCase()];
    return value === undefined ? [] : [{ text: match[0].toLowerCase(), value, tolerance: 0, percent: false, ...use(text, match.index, match.index + match[0].length) }];
  });
  return [...inDigits, ...inWords].sort((a, b) => a.start - b.start);
}

function readDigits(match: string, start: number, text: string): SaidNumber {
  const unit = /(%|percent|per cent|thousand|million|billion|bn|k|m)\s*$/i.exec(match)?.[1]?.toLowerCase();
  const plain = match.replace(/[−]/g, '-').replace(/[^\d.-]/g, '');
  const scale = unit === undefined ? 1 : (scales[unit] ?? 1);
  const decimals = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0;
  const percent = unit === '%' || unit === 'percent' || unit === 'per cent';
  return { text: match.trim(), value: Number(plain) * scale, tolerance: (scale * 10 ** -decimals) / 2, percent, ...use(text, start, start + match.length) };
}

function use(text: string, start: number, end: number): Pick<SaidNumber, 'role' | 'comparison' | 'start' | 'end'> {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 40);
  const comparison = bounds.find(([pattern]) => pattern.test(before))?.[1] ?? null;
  const role = rankAfter.test(after) || rankBefore.test(before) ? 'rank' : /^\s?(?:times|x|×|-?fold)(?!\p{L})/iu.test(after) ? 'multiple' : comparison !== null ? 'bound' : 'figure';
  return { role, comparison, start, end };
}
