import { mentionHere, takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import { NotUnderstood } from './not-understood.js';
import type { Mention } from './request.js';

/** A comparison with the mean, and the attribute when it is named after it: "above the average salary". */
export interface AverageComparison {
  readonly comparison: '<' | '>';
  readonly attribute: Mention | null;
}

const comparisons: readonly (readonly ['<' | '>', readonly string[]])[] = [
  ['>', ['greater than', 'more than', 'higher than', 'larger than', 'bigger than', 'better than', 'longer than', 'above', 'over', 'exceeding', 'exceeds', 'exceed']],
  ['<', ['less than', 'fewer than', 'lower than', 'smaller than', 'worse than', 'shorter than', 'below', 'under']],
];
const mean = ['the overall average', 'the average', 'overall average', 'their average', 'an average', 'average', 'the mean', 'mean'];

/** Reads "above average", "more than the average salary", "below-average". */
export function readAverageComparison(cursor: Cursor): AverageComparison | null {
  const from = cursor.position;
  takePhrase(cursor, ['is', 'are', 'was', 'were', 'that is', 'that are', 'which is']);
  for (const [comparison, phrases] of comparisons) {
    if (takePhrase(cursor, phrases) === null) continue;
    if (takePhrase(cursor, mean) === null) break;
    return { comparison, attribute: takeAttribute(cursor) };
  }
  cursor.position = from;
  return null;
}

/** Reads "than average" after "more pages". */
export function readThanAverage(cursor: Cursor): boolean {
  const from = cursor.position;
  if (takePhrase(cursor, ['than']) !== null && takePhrase(cursor, mean) !== null) {
    refusePart(cursor);
    return true;
  }
  cursor.position = from;
  return false;
}

function takeAttribute(cursor: Cursor): Mention | null {
  const counted = takePhrase(cursor, ['number of', 'value of']) !== null;
  const again = mentionHere(cursor, counted ? ['column', 'relation'] : ['column']);
  if (counted && again === null) throw new NotUnderstood('I cannot tell which average number is meant.');
  if (again !== null) cursor.position += again.length;
  refusePart(cursor);
  return again === null ? null : { text: again.text, links: again.links };
}

/** "than the average of their department" is another average than that over all rows. */
function refusePart(cursor: Cursor): void {
  if (takePhrase(cursor, ['of all', 'for all', 'across all', 'among all']) !== null) {
    const relation = mentionHere(cursor, ['relation']);
    if (relation !== null) {
      cursor.position += relation.length;
      return;
    }
  } else if (!/^(of|for|in|within|among|per|at|by)$/.test(wordAt(cursor))) return;
  throw new NotUnderstood('I compare with the average over all rows only, not with that of a part of them.');
}
