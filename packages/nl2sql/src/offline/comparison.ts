import { mentionHere, peek, takePhrase } from './cursor.js';
import type { Cursor } from './cursor.js';
import { unitNames } from './measure-units.js';
import type { Comparison } from './request.js';

/** A comparison with a number: "more than 5", "at least 3.5", "between 2 and 4", "5 or more". */
export interface NumberComparison {
  readonly comparison: Comparison;
  readonly value: number;
  /** The upper end of "between"; then `comparison` is `>=`. */
  readonly to: number | null;
  /** The unit that was said with the number: "hours", "$". */
  readonly unit: string | null;
}

const operators: readonly (readonly [Comparison, readonly string[]])[] = [
  ['>=', ['greater than or equal to', 'more than or equal to', 'no less than', 'no fewer than', 'not less than', 'at least', 'a minimum of', 'minimum of', '>=', 'from']],
  ['<=', ['less than or equal to', 'fewer than or equal to', 'no more than', 'not more than', 'at most', 'a maximum of', 'maximum of', 'up to', '<=']],
  ['>', ['greater than', 'more than', 'higher than', 'larger than', 'bigger than', 'better than', 'in excess of', 'above', 'over', 'exceeding', 'exceeds', 'exceed', '>']],
  ['<', ['less than', 'fewer than', 'lower than', 'smaller than', 'worse than', 'below', 'under', '<']],
  ['<>', ['not equal to', 'other than', '<>', '!=']],
  ['=', ['equal to', 'equals', 'exactly', 'precisely', '=']],
];

/** Units that say nothing more than the column does; one that the schema knows, such as a currency among its values, is not passed over. */
const passedOver = ['percent', 'square meters', 'square metres', 'square feet', 'sqm', 'm2', 'pages', 'points'];

/** Reads a comparison with a number; a bare number counts only when `bare` is set. */
export function readNumberComparison(cursor: Cursor, bare: boolean): NumberComparison | null {
  const from = cursor.position;
  takePhrase(cursor, ['is', 'are', 'was', 'were', 'of']);
  if (takePhrase(cursor, ['between']) !== null) {
    const low = takeNumber(cursor);
    const joined = low !== null && takePhrase(cursor, ['and', 'to']) !== null;
    const high = joined ? takeNumber(cursor) : null;
    if (low !== null && high !== null && low.value <= high.value && (low.unit === null || low.unit === high.unit)) return { comparison: '>=', value: low.value, to: high.value, unit: high.unit };
    cursor.position = from;
    return null;
  }
  for (const [comparison, phrases] of operators) {
    if (takePhrase(cursor, phrases) === null) continue;
    const value = takeNumber(cursor);
    if (value !== null) return { comparison, ...value, to: null };
    break;
  }
  if (peek(cursor)?.kind === 'number') {
    const value = takeNumber(cursor);
    if (value !== null && takePhrase(cursor, ['or more', 'or above', 'or higher', 'or greater', 'or over', 'and above', 'and more', 'and up']) !== null) return { comparison: '>=', ...value, to: null };
    if (value !== null && takePhrase(cursor, ['or less', 'or fewer', 'or below', 'or lower', 'or under', 'and below']) !== null) return { comparison: '<=', ...value, to: null };
    if (value !== null && bare) return { comparison: '=', ...value, to: null };
  }
  cursor.position = from;
  return null;
}

function takeNumber(cursor: Cursor): { readonly value: number; readonly unit: string | null } | null {
  const token = peek(cursor);
  if (token?.kind === 'word' && token.lower === 'one') {
    cursor.position += 1;
    return { value: 1, unit: null };
  }
  if (token?.kind !== 'number' || token.value === null) return null;
  cursor.position += 1;
  const sign = /^[$€£]/.exec(token.text)?.[0] ?? null;
  if (mentionHere(cursor) !== null || takePhrase(cursor, passedOver) !== null) return { value: token.value, unit: sign };
  return { value: token.value, unit: takePhrase(cursor, unitNames) ?? sign };
}
