import { mentionHere, peek, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Superlative } from './request.js';
import { lengths, money, pay, size, start } from './scale-words.js';
import { isPlural } from './singular.js';

interface Ranking {
  readonly frequency?: true;
  readonly direction: 'asc' | 'desc';
  readonly hints: readonly string[] | null;
}

/** Of people; who is old was born early. */
const birth = ['birth', 'dob', 'birthday', 'birthdate', 'born'];

const rankings = new Map<string, Ranking>(
  Object.entries({
    highest: { direction: 'desc', hints: null }, greatest: { direction: 'desc', hints: null }, most: { direction: 'desc', hints: null }, maximum: { direction: 'desc', hints: null }, max: { direction: 'desc', hints: null },
    lowest: { direction: 'asc', hints: null }, least: { direction: 'asc', hints: null }, fewest: { direction: 'asc', hints: null }, minimum: { direction: 'asc', hints: null }, min: { direction: 'asc', hints: null },
    largest: { direction: 'desc', hints: size }, biggest: { direction: 'desc', hints: size }, smallest: { direction: 'asc', hints: size },
    oldest: { direction: 'asc', hints: start }, earliest: { direction: 'asc', hints: start }, newest: { direction: 'desc', hints: start }, latest: { direction: 'desc', hints: start },
    longest: { direction: 'desc', hints: lengths }, shortest: { direction: 'asc', hints: lengths },
    cheapest: { direction: 'asc', hints: money }, priciest: { direction: 'desc', hints: money }, costliest: { direction: 'desc', hints: money },
    youngest: { direction: 'desc', hints: birth },
    tallest: { direction: 'desc', hints: ['height', 'floor', 'storey'] }, heaviest: { direction: 'desc', hints: ['weight'] }, lightest: { direction: 'asc', hints: ['weight'] },
  }),
);

/** The second word of two-word superlatives: "most expensive", "highest paid". */
const seconds = new Map<string, readonly string[]>(Object.entries({ expensive: money, costly: money, paid: pay, earning: pay, recent: start, priced: money, rated: ['rating', 'score', 'star'], funded: ['funding', 'budget', 'grant'] }));

/** Reads "top 5", "5 most expensive", "highest", "the two oldest", "most recent". */
export function readSuperlative(cursor: Cursor): Superlative | null {
  const from = cursor.position;
  const word = wordAt(cursor);
  const place = placeHere(cursor);
  if (place !== null) {
    cursor.position += 1;
    const ranked = readRanking(cursor);
    if (ranked !== null && ranked.frequency !== true) return { ...ranked, count: 1, open: false, within: { kind: 'place', place }, word: `${word} ${ranked.word}` };
    cursor.position = from;
    return null;
  }
  const end = readEnd(cursor);
  if (end !== null) return end;
  const part = readPart(cursor);
  if (part !== null) return part;
  if ((word === 'top' || word === 'bottom' || word === 'first') && peek(cursor, 1)?.kind === 'number') {
    const count = Number(peek(cursor, 1)?.value);
    if (!Number.isInteger(count) || count < 1 || word === 'first') return null;
    cursor.position += 2;
    const ranked = readRanking(cursor);
    return ranked === null ? { direction: word === 'top' ? 'desc' : 'asc', count, open: true, hints: null, word } : { ...ranked, count, open: false };
  }
  let count = 1;
  if (peek(cursor)?.kind === 'number') {
    count = Number(peek(cursor)?.value);
    cursor.position += 1;
    // "the 5 employees with the highest salary": what ranks them comes later.
    if (Number.isInteger(count) && count >= 1 && (mentionHere(cursor, ['relation'])?.links ?? []).length > 0) return { direction: 'desc', count, open: true, hints: null, word: 'first' };
  }
  const ranked = Number.isInteger(count) && count >= 1 ? readRanking(cursor) : null;
  if (ranked === null) {
    cursor.position = from;
    return null;
  }
  if (count === 1 && peek(cursor)?.kind === 'number' && Number.isInteger(peek(cursor)?.value) && ranked.hints !== null) {
    count = Number(peek(cursor)?.value);
    cursor.position += 1;
  }
  return { ...ranked, count, open: false };
}

const ordinals = ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** "second", "3rd": a place behind the first. */
function placeHere(cursor: Cursor): number | null {
  const word = wordAt(cursor);
  const named = ordinals.indexOf(word);
  const place = named >= 0 ? named + 2 : Number(/^(\d{1,3})(?:st|nd|rd|th)$/.exec(word)?.[1] ?? 0);
  return place > 1 ? place : null;
}

/** "the first screening", "the last order": the earliest or latest of them, where nothing is called so. */
function readEnd(cursor: Cursor): Superlative | null {
  const word = wordAt(cursor);
  if ((word !== 'first' && word !== 'last') || mentionHere(cursor) !== null) return null;
  const event = mentionHere({ ...cursor, position: cursor.position + 1 }, ['relation']);
  if (event === null || isPlural(event.text)) return null;
  cursor.position += 1;
  return { direction: word === 'first' ? 'asc' : 'desc', count: 1, open: false, hints: start, word };
}

/** "top 10% of", "bottom 5 percent": a part of the rows instead of a number of them. */
function readPart(cursor: Cursor): Superlative | null {
  const word = wordAt(cursor);
  const token = peek(cursor, 1);
  if ((word !== 'top' && word !== 'bottom') || token?.kind !== 'number' || token.value === null || token.value <= 0 || token.value > 100) return null;
  const spelled = /^(percent|%|per)$/.test(wordAt(cursor, 2));
  if (!token.text.endsWith('%') && !spelled) return null;
  cursor.position += !spelled ? 2 : wordAt(cursor, 2) === 'per' ? 4 : 3;
  const within = { kind: 'percent', percent: token.value } as const;
  const ranked = readRanking(cursor);
  if (ranked !== null) return { ...ranked, count: 1, open: false, within };
  if (wordAt(cursor) === 'of') cursor.position += 1;
  return { direction: word === 'top' ? 'desc' : 'asc', count: 1, open: true, hints: null, word, within };
}

function readRanking(cursor: Cursor): (Ranking & { readonly word: string }) | null {
  const word = wordAt(cursor);
  const paid = /^(best|worst)$/.test(word) ? seconds.get(wordAt(cursor, 1)) : undefined;
  if (paid !== undefined) {
    const text = `${word} ${wordAt(cursor, 1)}`;
    cursor.position += 2;
    return { direction: word === 'best' ? 'desc' : 'asc', hints: paid, word: text };
  }
  const ranking = rankings.get(word);
  if (ranking === undefined) return null;
  if (/^(most|least)$/.test(word) && /^(common|frequent|popular)$/.test(wordAt(cursor, 1))) {
    const text = `${word} ${wordAt(cursor, 1)}`;
    cursor.position += 2;
    return { direction: ranking.direction, hints: null, frequency: true, word: text };
  }
  const second = ranking.hints === null ? seconds.get(wordAt(cursor, 1)) : undefined;
  if (second !== undefined) {
    const text = `${word} ${wordAt(cursor, 1)}`;
    cursor.position += 2;
    return { direction: ranking.direction, hints: second, word: text };
  }
  cursor.position += 1;
  const verb = ranking.hints === null && word === 'most' ? rankingVerb(cursor) : null;
  if (verb !== null) return { direction: ranking.direction, hints: verb, word: `${word} ${cursor.tokens[cursor.position - 1]?.lower ?? ''}` };
  return { ...ranking, word };
}

/** "most cited": a participle that stands for a number, before the noun it is said of. */
function rankingVerb(cursor: Cursor): readonly string[] | null {
  const token = peek(cursor);
  if (token === undefined || !/(ed|en)$/.test(token.lower) || mentionHere({ ...cursor, position: cursor.position + 1 }, ['relation']) === null) return null;
  const [column, ...others] = [...(mentionHere(cursor, ['column'])?.links ?? []), ...cursor.lexicon.verb(token)].flatMap((link) => (link.kind === 'column' && link.column.kind === 'number' ? [link.column] : []));
  if (column === undefined || others.some((other) => other !== column)) return null;
  cursor.position += 1;
  return column.words;
}
