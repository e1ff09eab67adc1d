/** A piece of a question. `start` and `end` are UTF-16 offsets. */
export interface Token {
  readonly kind: 'word' | 'number' | 'quoted' | 'date' | 'comma';
  /** As written, without quotes. */
  readonly text: string;
  /** Lower case, without a possessive ending; `A` stays as it is where it is no article. */
  readonly lower: string;
  /** Of a number. */
  readonly value: number | null;
  /** Written with a capital letter that does not just begin a sentence, with a digit inside a word, or all in capitals. */
  readonly capital: boolean;
  /** Joined to the token before by a hyphen: the "ins" of "check-ins". */
  readonly hyphened: boolean;
  /** Written with a possessive ending: "Ana's". */
  readonly possessive: boolean;
  readonly start: number;
  readonly end: number;
}

const numberWords = new Map([
  ['zero', 0], ['two', 2], ['three', 3], ['four', 4], ['five', 5], ['six', 6], ['seven', 7], ['eight', 8], ['nine', 9], ['ten', 10], ['eleven', 11], ['twelve', 12], ['twenty', 20], ['fifty', 50], ['hundred', 100],
]);
const scales = new Map([['k', 1e3], ['thousand', 1e3], ['m', 1e6], ['mn', 1e6], ['million', 1e6], ['bn', 1e9], ['billion', 1e9]]);

const pattern =
  /"(?<double>[^"]{1,200})"|“(?<curly>[^”]{1,200})”|(?<![\p{L}\p{N}])'(?<single>[^']{1,200})'(?![\p{L}\p{N}])|(?<date>\d{4}-\d{2}-\d{2})(?![\p{L}\p{N}])|[$€£]?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<scale>\s?(?:k|m|mn|bn|thousand|million|billion))?(?![\p{L}\p{N}])%?|(?<word>\b(?:dr|mr|mrs|ms|prof|st)\.(?=\s)|[\p{L}\p{N}_]+(?:['’](?=\p{L})\p{L}+)?(?:[+-]{1,2}(?=\s|$|[,;?!)]|\.(?:\s|$)))?)|(?<comma>[,;()]|[.?!](?=\s|$))|(?<comparator><=|>=|<>|!=|[<>=])/giu;

/** The words, numbers, dates and quoted texts of a question, in order. Hyphens separate words; brackets and full stops count as commas. */
export function tokenise(question: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of question.matchAll(pattern)) {
    const groups = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const hyphened = question[start - 1] === '-' && tokens.at(-1)?.end === start - 1;
    const quoted = groups['double'] ?? groups['curly'] ?? groups['single'];
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, lower: quoted.toLowerCase(), value: null, capital: true, hyphened: false, possessive: false, start, end });
    else if (groups['date'] !== undefined) tokens.push({ kind: 'date', text: groups['date'], lower: groups['date'], value: null, capital: false, hyphened, possessive: false, start, end });
    else if (groups['number'] !== undefined) {
      const scale = scales.get((groups['scale'] ?? '').trim().toLowerCase()) ?? 1;
      tokens.push({ kind: 'number', text: match[0], lower: match[0].toLowerCase(), value: Number(groups['number'].replaceAll(',', '')) * scale, capital: false, hyphened, possessive: false, start, end });
    } else if (groups['comma'] !== undefined) tokens.push({ kind: 'comma', text: ',', lower: ',', value: null, capital: false, hyphened, possessive: false, start, end });
    else tokens.push({ ...wordToken(groups['word'] ?? match[0], start, end, startsSentence(question, start)), hyphened });
  }
  return tokens;
}

function startsSentence(question: string, start: number): boolean {
  // A look at the last few letters only: questions may be long.
  const before = question.slice(Math.max(0, start - 12), start);
  return before.trim() === '' || /(?<!\b(?:dr|mr|mrs|ms|prof|st))[.?!]\s+$/i.test(before);
}

function wordToken(text: string, start: number, end: number, first: boolean): Token {
  const lower = text.toLowerCase().replace('’', "'").replace(/'s$|\.$|[+-]+$/, '');
  const value = numberWords.get(lower);
  const capital = (!first && /^\p{Lu}/u.test(text)) || /\p{L}\p{N}|\p{N}\p{L}/u.test(text) || /^\p{Lu}+[+-]*$/u.test(text);
  // "Client A": a capital A inside a sentence is no article.
  return { kind: value === undefined ? 'word' : 'number', text: text.replace(/['’]s$/, ''), lower: text === 'A' && !first ? 'A' : lower, value: value ?? null, capital, hyphened: false, possessive: /['’]s$/.test(text), start, end };
}
