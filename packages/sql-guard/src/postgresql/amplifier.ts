import { asList, asNode, bodyOf, nameParts, type AstNode } from '../grammar/ast.js';
import type { Analysis } from './analysis.js';
import { constantInteger, constantText } from './constant.js';
import { callArguments } from './function-call.js';
import { intervalSeconds } from './interval-seconds.js';
import { replacedGrowth } from './replaced-growth.js';

type Bound = (analysis: Analysis, given: readonly AstNode[], location: number, call: AstNode) => void;

/** Calls that make much out of little; PostgreSQL folds constant ones while planning, where no row limit helps. */
const bounds: ReadonlyMap<string, Bound> = new Map<string, Bound>([
  ['repeat', (analysis, given, location) => {
    const times = given[1] === undefined ? null : constantInteger(given[1]);
    if (times === null) over(analysis, location, 'repeat() needs a constant count.');
    else repeated(analysis, times, location, 'repeat()');
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
    else {
      const widths = formatWidths(template);
      if (widths.some((width) => width > analysis.limits.padding)) over(analysis, location, 'format() is asked for a width that is too large or not constant.');
      // `%1$s%1$s` puts one argument in twice, and calls inside each other multiply.
      repeated(analysis, widths.length / Math.max(1, given.length - 1), location, 'format()');
    }
  }],
  ['replace', replaced],
  ['regexp_replace', replaced],
  ['generate_series', series],
]);

function repeated(analysis: Analysis, times: number, location: number, call: string): void {
  analysis.repetitions *= Math.max(1, times);
  if (analysis.repetitions > analysis.limits.repeat) over(analysis, location, `${call} is asked for more than ${String(analysis.limits.repeat)} repetitions over the statement.`);
}

/** Characters that the longest literal may become for each repetition of `limits.repeat`. */
const LONGEST_REPEATED = 10_000;

/** Checks what repetitions make of the statement's longest literal, wherever it comes to them from. */
export function repeatedLength(analysis: Analysis): void {
  const { repetitions, longestText, growth, limits } = analysis;
  if (repetitions > 1 && repetitions <= limits.repeat && repetitions * longestText * Math.max(1, growth) > limits.repeat * LONGEST_REPEATED) over(analysis, 0, 'Repetitions make too much of a long text.');
}

/** The widths that a template of format() asks for; one taken from an argument (`*`) is infinite. */
function formatWidths(template: string): readonly number[] {
  return [...template.replaceAll('%%', '').matchAll(/%(?:\d+\$)?-?(\*|\d+)?/g)].map(([, width]) => (width === '*' ? Number.POSITIVE_INFINITY : Number(width ?? 0)));
}

function padded(analysis: Analysis, given: readonly AstNode[], location: number): void {
  const length = given[1] === undefined ? null : constantInteger(given[1]);
  if (length === null || length > analysis.limits.padding) over(analysis, location, `Padding needs a constant length of at most ${String(analysis.limits.padding)}.`);
}

/** Characters that one replacement of `limits.repeat` may put in. */
const LONGEST_REPLACEMENT = 1_000;

function replaced(analysis: Analysis, given: readonly AstNode[], location: number, call: AstNode): void {
  const growth = replacedGrowth(analysis, call);
  const length = given[2] === undefined ? 1 : (constantText(given[2])?.length ?? 1);
  if (growth > analysis.limits.repeat || growth * length > analysis.limits.repeat * LONGEST_REPLACEMENT) over(analysis, location, `A replacement multiplies a text more than ${String(analysis.limits.repeat)} times.`);
}

/** A bound or step of generate_series: a number, a point or length of time in seconds, unknown until it runs, or a literal that is not understood here. */
type SeriesPoint = { readonly kind: 'number' | 'seconds'; readonly value: number } | { readonly kind: 'computed' | 'unreadable' };

function series(analysis: Analysis, given: readonly AstNode[], location: number): void {
  const [first, last, step = { kind: 'number', value: 1 } as const] = given.map((argument) => seriesPoint(argument));
  if (first === undefined || last === undefined) return;
  const points = [first, last, step];
  if (points.some(({ kind }) => kind === 'unreadable')) {
    over(analysis, location, 'generate_series() has a bound or step that is not a plain number, ISO date or interval.');
    return;
  }
  if (!('value' in first) || !('value' in last) || !('value' in step)) {
    if (!analysis.limits.openSeries) over(analysis, location, 'generate_series() needs constant bounds.');
    return;
  }
  const width = Math.abs(step.value);
  analysis.seriesRows *= width === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.abs(last.value - first.value) / width);
  if (analysis.seriesRows > analysis.limits.seriesRows) over(analysis, location, `generate_series() makes more than ${String(analysis.limits.seriesRows)} rows over the statement.`);
}

function seriesPoint(wrapper: AstNode): SeriesPoint {
  const mask = intervalMask(wrapper);
  const text = constantText(wrapper);
  if (text !== null && mask !== null) {
    const seconds = intervalSeconds(text, mask);
    return seconds === null ? { kind: 'unreadable' } : { kind: 'seconds', value: seconds };
  }
  const number = constantInteger(wrapper);
  if (number !== null) return { kind: 'number', value: number };
  if (text === null) return { kind: 'computed' };
  const seconds = intervalSeconds(text, null) ?? dateSeconds(text);
  return seconds === null ? { kind: 'unreadable' } : { kind: 'seconds', value: seconds };
}

/** The unit of `interval '1' month`, as the grammar's bit mask; `null` for any other expression. */
function intervalMask(wrapper: AstNode): number | null {
  const cast = bodyOf(wrapper, 'TypeCast');
  const type = cast === null ? null : asNode(cast.typeName);
  const modifier = type === null || nameParts(type.names).at(-1) !== 'interval' ? undefined : asList(type.typmods)[0];
  return modifier === undefined ? null : constantInteger(modifier);
}

function dateSeconds(text: string): number | null {
  if (!/^\s*\d{4}-\d\d-\d\d/.test(text)) return null;
  const date = Date.parse(text.trim().replace(' ', 'T'));
  return Number.isNaN(date) ? null : date / 1_000;
}

function over(analysis: Analysis, location: number, message: string): void {
  analysis.refuse('limit', message, 'Ask for less, or write the bound as a constant.', location);
}

/** Checks the bounds of a call that could exhaust the server. */
export function amplifierBounds(analysis: Analysis, name: string, call: AstNode, location: number): void {
  const bound = bounds.get(name);
  if (bound !== undefined) bound(analysis, callArguments(call), location, call);
}
