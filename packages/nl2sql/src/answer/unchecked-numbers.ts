import type { AnswerInput } from './answer-from-rows.js';

const numberPattern = /(?<![\p{L}\d])[-−]?(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:%|percent|thousand|million|billion|bn|k|m)(?![\p{L}]))?/giu;
const scales: Readonly<Record<string, number>> = { thousand: 1e3, k: 1e3, million: 1e6, m: 1e6, billion: 1e9, bn: 1e9 };
const words: Readonly<Record<string, number>> = { zero: 0, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100, thousand: 1_000, dozen: 12 };

interface SaidNumber {
  readonly text: string;
  readonly value: number;
  /** Half a unit of the last digit said: a rounded number is right when it rounds to what was said. */
  readonly tolerance: number;
  readonly percent: boolean;
}

/**
 * The numbers of a sentence that neither the rows nor the question account for: not a value, part of a date or text, count
 * of rows or distinct values, sum, average, difference or share of a column.
 */
export function uncheckedNumbers(sentence: string, input: AnswerInput): readonly string[] {
  const said = saidNumbers(sentence);
  if (said.length === 0) return [];
  const texts = new Set<string>();
  const known = knownNumbers(input, texts);
  for (const { value } of saidNumbers(input.question)) known.push(value);
  const pairs = differencesAndShares(input);
  return said.filter((number) => !known.some((value) => matches(number, value)) && !pairs(number) && !texts.has(String(Math.abs(number.value)))).map(({ text }) => text);
}

function saidNumbers(text: string): readonly SaidNumber[] {
  const digits = [...text.matchAll(numberPattern)].map(([match]): SaidNumber => {
    const unit = /(%|percent|thousand|million|billion|bn|k|m)\s*$/i.exec(match)?.[1]?.toLowerCase();
    const plain = match.replace(/[−]/g, '-').replace(/[^\d.-]/g, '');
    const scale = unit === undefined ? 1 : (scales[unit] ?? 1);
    const decimals = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0;
    return { text: match.trim(), value: Number(plain) * scale, tolerance: (scale * 10 ** -decimals) / 2, percent: unit === '%' || unit === 'percent' };
  });
  const spelled = [...text.toLowerCase().matchAll(/(?<!\d\s?)\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|hundred|thousand|dozen)\b/g)].flatMap(([word]): SaidNumber[] => {
    const value = words[word];
    return value === undefined ? [] : [{ text: word, value, tolerance: 0, percent: false }];
  });
  return [...digits, ...spelled];
}

function knownNumbers(input: AnswerInput, texts: Set<string>): number[] {
  const { rows, columns } = input;
  const known = [rows.length, 0, 1];
  for (const { name } of columns) {
    const values = rows.map((row) => row[name]);
    known.push(new Set(values.map(String)).size, values.filter((value) => value === null || value === undefined).length);
    for (const value of values) {
      const number = asNumber(value);
      if (number !== null) known.push(number, number * 100);
      // Parts of dates and names: "2024-03-01", "Room 12".
      else if (typeof value === 'string' || value instanceof Date) for (const [digits] of (value instanceof Date ? value.toISOString() : value).matchAll(/\d+/g)) texts.add(String(Number(digits)));
    }
    const numbers = values.map(asNumber).filter((number) => number !== null);
    if (numbers.length > 0) {
      const sum = numbers.reduce((total, number) => total + number, 0);
      known.push(sum, sum / numbers.length, Math.max(...numbers) - Math.min(...numbers));
      for (const number of numbers) if (sum !== 0) known.push((100 * number) / sum);
    }
    for (const [digits] of name.matchAll(/\d+/g)) texts.add(String(Number(digits)));
  }
  return known;
}

/** Differences, ratios and changes in per cent of two values of one column, for results small enough to look at all pairs. */
function differencesAndShares(input: AnswerInput): (number: SaidNumber) => boolean {
  if (input.rows.length > 60) return () => false;
  const columns = input.columns.map(({ name }) => input.rows.map((row) => asNumber(row[name])).filter((number) => number !== null));
  return (said) => columns.some((numbers) => numbers.some((a, i) => numbers.some((b, j) => i !== j && (matches(said, Math.abs(a - b)) || (said.percent && b !== 0 && (matches(said, (100 * a) / b) || matches(said, Math.abs((100 * (a - b)) / b))))))));
}

function matches(said: SaidNumber, value: number): boolean {
  const slack = said.tolerance > 0 && (said.text.includes('.') || said.percent || !Number.isInteger(value) || said.tolerance > 0.5) ? said.tolerance * (1 + 1e-9) : 1e-9;
  return Math.abs(Math.abs(said.value) - Math.abs(value)) <= slack + Math.abs(value) * 1e-12;
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
}
