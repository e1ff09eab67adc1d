import type { TimeMatch } from './time-expression.js';
import type { Token } from './tokenise.js';

const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Reads "on Mondays", "on a Friday", "on Saturdays and Sundays", "at weekends", "on weekdays". */
export function weekdaysAt(tokens: readonly Token[], position: number): TimeMatch | null {
  const word = (offset: number): string => tokens[position + offset]?.lower ?? '';
  // The "on" may be the end of a column's name: "opened on Fridays".
  const introduced = /^(on|at|during|over)$/.test(word(0));
  if (!introduced && !/^(on|at)$/.test(word(-1)) && !/s$/.test(word(0))) return null;
  let at = introduced ? 1 : 0;
  if (/^(a|an|the|all|every|each)$/.test(word(at))) at += 1;
  const first = daysOf(word(at));
  if (first === null) return null;
  const days = [...first];
  at += 1;
  while (/^(and|or|,)$/.test(word(at))) {
    const more = daysOf(word(at + 1));
    if (more === null) break;
    days.push(...more);
    at += 2;
  }
  return { length: at, range: { from: null, to: null, wholeYears: false, weekdays: [...new Set(days)].sort((a, b) => a - b) } };
}

/** Whether a word is the name of a day: no person is called "Mondays". */
export function isWeekday(word: string): boolean {
  return daysOf(word) !== null;
}

function daysOf(word: string): readonly number[] | null {
  if (/^weekends?$/.test(word)) return [6, 7];
  if (word === 'weekdays') return [1, 2, 3, 4, 5];
  const day = names.findIndex((name) => word === name || word === `${name}s`);
  return day < 0 ? null : [day + 1];
}

/** The days in words: "Monday or Friday". */
export function weekdaysInWords(days: readonly number[]): string {
  return days.map((day) => (names[day - 1] ?? '').replace(/^./, (letter) => letter.toUpperCase())).join(' or ');
}
