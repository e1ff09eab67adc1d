import { asList, asNode, bodyOf, nameParts, type AstNode } from '../grammar/ast.js';
import type { Analysis } from './analysis.js';
import { constantInteger, constantText } from './constant.js';
import { callArguments } from './function-call.js';

type Bound = (analysis: Analysis, given: readonly AstNode[], location: number) => void;

/** Calls that make much out of little; PostgreSQL folds constant ones while planning, where no row limit helps. */
const bounds: ReadonlyMap<string, Bound> = new Map<string, Bound>([
  ['repeat', (analysis, given, location) => {
    const times = given[1] === undefined ? null : constantInteger(given[1]);
    if (times === null) over(analysis, location, 'repeat() needs a constant count.');
    else {
      analysis.repetitions *= Math.max(1, times);
      if (analysis.repetitions > analysis.limits.repeat) over(analysis, location, `repeat() is asked for more than ${String(analysis.limits.repeat)} repetitions over the statement.`);
    }
  }],
  ['lpad', padded],
  ['rpad', padded],
  ['array_fill', (analysis, given, location) => {
    const dimensions = given[1] === undefined ? null : bodyOf(given[1], 'A_ArrayExpr');
    const sizes = dimensions === null ? [null] : asList(dimensions.elements).map(constantInteger);
    const product = sizes.reduce<number>((total, size) => (size === null ? Number.POSITIVE_INFINITY : total * Math.max(1, size)), 1);
    if (product > analysis.limits.padding) over(analysis, location, `array_fill() needs constant dimensions of at most ${String(analysis.limits.padding)} elements.`);
  }],
  ['factorial', (analysis, given, location) => {
    const value = given[0] === undefined ? null : constantInteger(given[0]);
    if (value === null || value > 1_000) over(analysis, location, 'factorial() needs a constant of at most 1000.');
  }],
  ['format', (analysis, given, location) => {
    const template = given[0] === undefined ? null : constantText(given[0]);
    if (template === null) over(analysis, location, 'format() needs a constant template.');
    else if (/%[^a-zA-Z%]*\*/.test(template) || (template.match(/\d+/g) ?? []).some((digits) => Number(digits) > analysis.limits.padding)) over(analysis, location, 'format() is asked for a width that is too large or not constant.');
  }],
  ['generate_series', series],
]);

function padded(analysis: Analysis, given: readonly AstNode[], location: number): void {
  const length = given[1] === undefined ? null : constantInteger(given[1]);
  if (length === null || length > analysis.limits.padding) over(analysis, location, `Padding needs a constant length of at most ${String(analysis.limits.padding)}.`);
}

function series(analysis: Analysis, given: readonly AstNode[], location: number): void {
  const [first, last, step] = given.map((argument) => seriesPoint(argument));
  if (first === undefined || last === undefined) return;
  const by = given.length > 2 ? step : { value: 1, unit: 'number' as const };
  if (first === null || last === null || by === null || by === undefined || first.unit !== last.unit) {
    if (!analysis.limits.openSeries) over(analysis, location, 'generate_series() needs constant bounds.');
    return;
  }
  const distance = Math.abs(last.value - first.value);
  const width = Math.abs(by.value);
  analysis.seriesRows *= width === 0 ? Number.POSITIVE_INFINITY : Math.max(1, distance / width);
  if (analysis.seriesRows > analysis.limits.seriesRows) over(analysis, location, `generate_series() makes more than ${String(analysis.limits.seriesRows)} rows over the statement.`);
}

const unitSeconds: ReadonlyMap<string, number> = new Map(Object.entries({ microsecond: 1e-6, us: 1e-6, millisecond: 1e-3, ms: 1e-3, second: 1, sec: 1, s: 1, minute: 60, min: 60, m: 60, hour: 3_600, hr: 3_600, h: 3_600, day: 86_400, d: 86_400, week: 604_800, w: 604_800, month: 2_592_000, mon: 2_592_000, year: 31_536_000, yr: 31_536_000, y: 31_536_000, decade: 315_360_000, century: 3_153_600_000 }));

/** A bound or step of generate_series as a number, or as seconds for dates and intervals. */
function seriesPoint(wrapper: AstNode): { readonly value: number; readonly unit: 'number' | 'seconds' } | null {
  const number = constantInteger(wrapper);
  if (number !== null) return { value: number, unit: 'number' };
  const text = constantText(wrapper);
  if (text === null) return null;
  const interval = /^\s*([+-]?\d+(?:\.\d+)?)\s*([a-z]+?)s?\s*$/i.exec(text);
  const seconds = interval === null ? undefined : unitSeconds.get((interval[2] ?? '').toLowerCase());
  if (interval !== null && seconds !== undefined) return { value: Number(interval[1]) * seconds, unit: 'seconds' };
  const date = /^\s*\d{4,6}-\d\d?-\d\d?/.test(text) ? Date.parse(text.trim().replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(date) ? null : { value: date / 1_000, unit: 'seconds' };
}

function over(analysis: Analysis, location: number, message: string): void {
  analysis.refuse('limit', message, 'Ask for less, or write the bound as a constant.', location);
}

/** Checks the bounds of a call that could exhaust the server. */
export function amplifierBounds(analysis: Analysis, node: AstNode, location: number): void {
  const parts = nameParts(node.funcname);
  const bound = bounds.get(parts.at(-1) ?? '');
  if (bound !== undefined) bound(analysis, callArguments(asNode(node)), location);
}
