import { addUnits, isIsoDate, isoDate, periodStart } from './calendar.js';
import type { Unit } from './calendar.js';
import type { Token } from './tokenise.js';
import { weekdaysAt } from './weekdays.js';

/** A stretch of time; `from` inclusive, `to` exclusive, ISO dates, null where open. */
export interface TimeRange {
  readonly from: string | null;
  readonly to: string | null;
  /** True when both ends are the first of a January: such a range also fits a column that holds years. */
  readonly wholeYears: boolean;
  /** ISO numbers of the only days that count: "on Mondays", "at the weekend". Such a range is open at both ends. */
  readonly weekdays?: readonly number[];
}

/** A time expression at a position of a question, and how many tokens it takes. */
export interface TimeMatch {
  readonly range: TimeRange;
  readonly length: number;
}

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const units = new Map<string, Unit>([['day', 'day'], ['days', 'day'], ['week', 'week'], ['weeks', 'week'], ['month', 'month'], ['months', 'month'], ['quarter', 'quarter'], ['quarters', 'quarter'], ['year', 'year'], ['years', 'year']]);
const previous = new Set(['last', 'previous', 'past', 'prior']);
const [earliestYear, latestYear] = [1500, 2200];

interface Period {
  readonly from: string;
  readonly to: string;
  readonly length: number;
}

/** Reads a time expression that begins at `position`: "before 2019", "in the last quarter", "between 2019 and 2021", "since March 2020". */
export function timeExpression(tokens: readonly Token[], position: number, today: string): TimeMatch | null {
  const word = (offset: number): string => tokens[position + offset]?.lower ?? '';
  const first = word(0);
  const skip = (offset: number): number => (/^(the|year|years|of|in)$/.test(word(offset)) && periodAt(tokens, position + offset, today) === null ? skip(offset + 1) : offset);

  const days = weekdaysAt(tokens, position);
  if (days !== null) return days;
  const bound = boundary(first, word(1));
  if (bound !== null) {
    const at = skip(bound.length);
    const period = periodAt(tokens, position + at, today);
    if (period === null) return null;
    return { length: at + period.length, range: range(bound.side === 'from' ? (bound.inclusive ? period.from : period.to) : null, bound.side === 'to' ? (bound.inclusive ? period.to : period.from) : null) };
  }
  if (first === 'between' || first === 'from') {
    const start = skip(1);
    const low = periodAt(tokens, position + start, today);
    if (low === null) return null;
    const joint = start + low.length;
    if (!/^(and|to|until|till|through)$/.test(word(joint))) return first === 'from' ? { length: joint, range: range(low.from, low.to) } : null;
    const end = skip(joint + 1);
    const high = periodAt(tokens, position + end, today);
    return high === null || high.from < low.from ? null : { length: end + high.length, range: range(low.from, high.to) };
  }
  const at = /^(in|during|for|on|within|over|throughout|of|at)$/.test(first) ? skip(1) : first === 'the' || first === 'year' ? skip(0) : 0;
  const period = periodAt(tokens, position + at, today);
  if (period === null) return null;
  const joint = at + period.length;
  if (/^(to|through|until|till)$/.test(word(joint))) {
    const high = periodAt(tokens, position + joint + 1, today);
    if (high !== null && high.from >= period.from) return { length: joint + 1 + high.length, range: range(period.from, high.to) };
  }
  // "in 2020 or 2021"
  const second = word(joint) === 'or' ? periodAt(tokens, position + joint + (word(joint + 1) === 'in' ? 2 : 1), today) : null;
  if (second !== null && second.from === period.to) return { length: joint + (word(joint + 1) === 'in' ? 2 : 1) + second.length, range: range(period.from, second.to) };
  const open = openEnd(word(joint), word(joint + 1));
  if (open !== null) return { length: joint + open.length, range: open.side === 'from' ? range(period.from, null) : range(null, period.to) };
  return { length: joint, range: range(period.from, period.to) };
}

/** "2021 or later", "2019 and before", "2020 onwards". */
function openEnd(first: string, second: string): { side: 'from' | 'to'; length: number } | null {
  if (/^onwards?$/.test(first)) return { side: 'from', length: 1 };
  if (first !== 'or' && first !== 'and') return null;
  if (/^(later|after|newer|onwards?)$/.test(second)) return { side: 'from', length: 2 };
  return /^(earlier|before|older)$/.test(second) ? { side: 'to', length: 2 } : null;
}

function boundary(first: string, second: string): { side: 'from' | 'to'; inclusive: boolean; length: number } | null {
  if (first === 'on' || first === 'in') {
    return null;
  }
  if (first === 'before' || (first === 'prior' && second === 'to') || ((first === 'earlier' || first === 'older') && second === 'than')) return { side: 'to', inclusive: false, length: first === 'before' ? 1 : 2 };
  if (first === 'after' || ((first === 'later' || first === 'newer') && second === 'than')) return { side: 'from', inclusive: false, length: first === 'after' ? 1 : 2 };
  if (first === 'since' || (first === 'starting' && (second === 'in' || second === 'from'))) return { side: 'from', inclusive: true, length: first === 'since' ? 1 : 2 };
  if (first === 'until' || first === 'till' || (first === 'up' && second === 'to')) return { side: 'to', inclusive: true, length: first === 'up' ? 2 : 1 };
  return null;
}

function range(from: string | null, to: string | null): TimeRange {
  return { from, to, wholeYears: (from ?? '0000-01-01').endsWith('-01-01') && (to ?? '0000-01-01').endsWith('-01-01') };
}

function periodAt(tokens: readonly Token[], position: number, today: string): Period | null {
  const token = tokens[position];
  if (token === undefined) return null;
  if (token.kind === 'date') return isIsoDate(token.text) ? { from: token.text, to: addUnits(token.text, 'day', 1), length: 1 } : null;
  const year = yearOf(token);
  if (year !== null) return { from: isoDate(year, 1, 1), to: isoDate(year + 1, 1, 1), length: 1 };
  const decade = /^(1[5-9]|20|21)\d0s$/.exec(token.lower);
  if (decade !== null) return { from: isoDate(Number(token.lower.slice(0, 4)), 1, 1), to: isoDate(Number(token.lower.slice(0, 4)) + 10, 1, 1), length: 1 };
  if (token.lower === 'today') return { from: today, to: addUnits(today, 'day', 1), length: 1 };
  if (token.lower === 'yesterday') return { from: addUnits(today, 'day', -1), to: today, length: 1 };
  return monthPeriod(tokens, position, today) ?? quarterPeriod(tokens, position, today) ?? relativePeriod(tokens, position, today);
}

function yearOf(token: Token | undefined): number | null {
  if (token?.kind !== 'number' || !/^\d{4}$/.test(token.text)) return null;
  const year = Number(token.text);
  return year >= earliestYear && year <= latestYear ? year : null;
}

function monthPeriod(tokens: readonly Token[], position: number, today: string): Period | null {
  const token = tokens[position];
  if (token?.kind !== 'word' || token.lower.length < 3) return null;
  const month = months.findIndex((name) => name === token.lower || (token.lower.length <= 4 && name.startsWith(token.lower))) + 1;
  if (month === 0 || (token.lower === 'may' && !token.capital)) return null;
  const dayToken = tokens[position + 1];
  const day = dayToken?.kind === 'number' && /^\d{1,2}$/.test(dayToken.text) ? dayToken.value : ordinal(dayToken);
  const afterDay = day === null ? 1 : 2;
  const comma = tokens[position + afterDay]?.kind === 'comma' ? 1 : 0;
  const year = yearOf(tokens[position + afterDay + comma]) ?? null;
  if (year === null) return day === null ? { ...monthSpan(Number(today.slice(0, 4)) - (month > Number(today.slice(5, 7)) ? 1 : 0), month), length: 1 } : null;
  const length = afterDay + comma + 1;
  if (day === null) return { ...monthSpan(year, month), length };
  const date = isoDate(year, month, day);
  return date.startsWith(`${year}-${String(month).padStart(2, '0')}`) ? { from: date, to: addUnits(date, 'day', 1), length } : null;
}

function ordinal(token: Token | undefined): number | null {
  const match = /^(\d{1,2})(st|nd|rd|th)$/.exec(token?.lower ?? '');
  return match === null ? null : Number(match[1]);
}

function monthSpan(year: number, month: number): { from: string; to: string } {
  return { from: isoDate(year, month, 1), to: isoDate(year, month + 1, 1) };
}

function quarterPeriod(tokens: readonly Token[], position: number, today: string): Period | null {
  const words = ['first', 'second', 'third', 'fourth'];
  const token = tokens[position];
  const short = /^q([1-4])$/.exec(token?.lower ?? '');
  const named = words.indexOf(token?.lower ?? '');
  if (short === null && (named < 0 || tokens[position + 1]?.lower !== 'quarter')) return null;
  const quarter = short === null ? named + 1 : Number(short[1]);
  const head = short === null ? 2 : 1;
  const of = /^(of|in)$/.test(tokens[position + head]?.lower ?? '') ? 1 : 0;
  const year = yearOf(tokens[position + head + of]);
  const from = isoDate(year ?? Number(today.slice(0, 4)), quarter * 3 - 2, 1);
  return { from, to: addUnits(from, 'quarter', 1), length: year === null ? head : head + of + 1 };
}

function relativePeriod(tokens: readonly Token[], position: number, today: string): Period | null {
  const [first, second, third] = [0, 1, 2].map((offset) => tokens[position + offset]);
  const tomorrow = addUnits(today, 'day', 1);
  if (first === undefined) return null;
  const toDate = periodToDate(tokens, position);
  if (toDate !== null) return { from: periodStart(today, toDate.unit), to: tomorrow, length: toDate.length };
  if (previous.has(first.lower) && second?.kind === 'number' && second.value !== null && Number.isInteger(second.value)) {
    const unit = units.get(third?.lower ?? '');
    return unit === undefined ? null : { from: addUnits(today, unit, -second.value), to: tomorrow, length: 3 };
  }
  if ((first.lower === 'next' || first.lower === 'coming') && second?.kind === 'number' && second.value !== null && Number.isInteger(second.value)) {
    const unit = units.get(third?.lower ?? '');
    return unit === undefined ? null : { from: today, to: addUnits(addUnits(today, unit, second.value), 'day', 1), length: 3 };
  }
  const unit = units.get(second?.lower ?? '');
  if (unit !== undefined && second !== undefined && !second.lower.endsWith('s')) {
    if (first.lower === 'past') return { from: addUnits(today, unit, -1), to: tomorrow, length: 2 };
    if (previous.has(first.lower)) return { from: periodStart(today, unit, -1), to: periodStart(today, unit), length: 2 };
    if (first.lower === 'this' || first.lower === 'current') return { from: periodStart(today, unit), to: periodStart(today, unit, 1), length: 2 };
    if (first.lower === 'next') return { from: periodStart(today, unit, 1), to: periodStart(today, unit, 2), length: 2 };
  }
  return null;
}

/** "year to date", "this month so far", "ytd": from the first day of the period until today. */
function periodToDate(tokens: readonly Token[], position: number): { readonly unit: Unit; readonly length: number } | null {
  const word = (offset: number): string => tokens[position + offset]?.lower ?? '';
  const short = new Map<string, Unit>([['ytd', 'year'], ['mtd', 'month'], ['qtd', 'quarter']]).get(word(0));
  if (short !== undefined) return { unit: short, length: 1 };
  if (word(0) === 'so' && word(1) === 'far' && word(2) === 'this') {
    const unit = units.get(word(3));
    return unit === undefined ? null : { unit, length: 4 };
  }
  const start = /^(this|current|the)$/.test(word(0)) ? 1 : 0;
  const unit = units.get(word(start));
  if (unit === undefined || word(start).endsWith('s')) return null;
  if (word(start + 1) === 'to' && word(start + 2) === 'date') return { unit, length: start + 3 };
  return start === 1 && word(start + 1) === 'so' && word(start + 2) === 'far' ? { unit, length: 4 } : null;
}
