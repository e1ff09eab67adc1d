import { NotUnderstood } from './not-understood.js';
import type { Draft } from './draft.js';
import { periodName } from './period-name.js';
import { timeExpression } from './time-expression.js';
import type { TimeRange } from './time-expression.js';
import type { Token } from './tokenise.js';
import { leadWords } from './word-classes.js';

/** One of the times that a question sets against each other. */
export interface Period {
  readonly name: string;
  readonly range: TimeRange;
}

/** What is left of a question when all times but the first are taken out, and the times. */
export interface ComparedPeriods {
  readonly tokens: readonly Token[];
  readonly periods: readonly Period[];
}

interface Found {
  readonly range: TimeRange;
  readonly from: number;
  readonly length: number;
}

const longest = 6;

/** Reads "orders in 2023 vs 2024", "compare sales in Q1 2024 and Q1 2023", "revenue this year compared to last year". */
export function comparedPeriods(tokens: readonly Token[], today: string): ComparedPeriods {
  const start = comparesFrom(tokens);
  const rest = start === null ? tokens : tokens.slice(start);
  for (let at = 1; at < rest.length; at += 1) {
    const joint = jointAt(rest, at, start !== null);
    const left = joint === 0 ? null : endingAt(rest, at, today);
    if (left === null) continue;
    const found: Found[] = [left];
    let next = at + joint;
    for (let length = joint; length > 0; length = jointAt(rest, next, start !== null)) {
      const right = bounded(timeExpression(rest, at === next - joint ? next : next + length, today));
      const from = at === next - joint ? next : next + length;
      if (right === null) break;
      found.push({ range: right.range, from, length: right.length });
      next = from + right.length;
    }
    if (found.length < 2) continue;
    const opening = rest[left.from - 1]?.lower === 'between' ? left.from - 1 : left.from;
    const spelled = withYears(found, rest, today);
    const [first] = spelled;
    if (first === undefined) continue;
    const kept = [...rest.slice(0, opening), ...first.tokens, ...rest.slice(next)];
    return { tokens: kept, periods: spelled.map(({ range }) => ({ name: periodName(range), range })) };
  }
  return { tokens, periods: [] };
}

/** Where the question goes on after "compare" or "a comparison of", or null when it does not begin so. */
function comparesFrom(tokens: readonly Token[]): number | null {
  const at = tokens.findIndex(({ lower }) => !leadWords.has(lower));
  if (tokens[at]?.lower === 'compare') return at + 1;
  return tokens[at]?.lower === 'comparison' && /^(of|between)$/.test(tokens[at + 1]?.lower ?? '') ? at + 2 : null;
}

/** How many tokens stand between two times that are compared; 0 for none. */
function jointAt(tokens: readonly Token[], at: number, compares: boolean): number {
  const [first, second] = [tokens[at]?.lower, tokens[at + 1]?.lower];
  if (first === 'vs' || first === 'versus' || first === 'against') return tokens[at + 1]?.kind === 'comma' ? 2 : 1;
  if (first === 'compared' && /^(to|with|against)$/.test(second ?? '')) return 2;
  return compares && /^(and|with|to)$/.test(first ?? '') ? 1 : 0;
}

/** The longest time expression that ends where another word begins. */
function endingAt(tokens: readonly Token[], end: number, today: string): Found | null {
  for (let from = Math.max(0, end - longest); from < end; from += 1) {
    const match = timeExpression(tokens, from, today);
    // "since 2023" is more than the year that stands in it.
    if (match?.length === end - from) return bounded(match) === null ? null : { range: match.range, from, length: match.length };
  }
  return null;
}

function bounded(match: ReturnType<typeof timeExpression>): ReturnType<typeof timeExpression> {
  return match === null || match.range.from === null || match.range.to === null || match.range.weekdays !== undefined ? null : match;
}

/** "Q1 vs Q2 2024": the year that only one of them names is that of the others, too. */
function withYears(found: readonly Found[], tokens: readonly Token[], today: string): readonly { readonly range: TimeRange; readonly tokens: readonly Token[] }[] {
  const wordsOf = ({ from, length }: Found): readonly Token[] => tokens.slice(from, from + length);
  const isYear = (token: Token): boolean => /^\d{4}$/.test(token.text);
  const years = [...new Set(found.flatMap((period) => wordsOf(period).filter(isYear).map(({ text }) => text)))];
  return found.map((period) => {
    const words = wordsOf(period);
    const year = years.length === 1 ? found.flatMap(wordsOf).find(isYear) : undefined;
    if (year === undefined || words.some(isYear)) return { range: period.range, tokens: words };
    const completed = [...words, year];
    const match = bounded(timeExpression(completed, 0, today));
    return match !== null && match.length === completed.length ? { range: match.range, tokens: completed } : { range: period.range, tokens: words };
  });
}

/** Takes "compare" away where it is not times that are compared; what is, must then follow. */
export function readCompare(draft: Draft): boolean {
  const from = comparesFrom(draft.tokens);
  if (from === null) return false;
  draft.position = from;
  return true;
}

/** The one condition that the first of the compared times became. */
export function refuseUnplaced(draft: Draft, periods: readonly Period[]): void {
  const [first] = periods;
  if (first === undefined) return;
  const placed = draft.conditions.filter((condition) => condition.kind === 'time' && condition.range.from === first.range.from && condition.range.to === first.range.to && !condition.negated);
  if (placed.length !== 1) throw new NotUnderstood('I cannot tell what is to be compared between the times. Say for example "number of orders in 2023 vs 2024".');
}
