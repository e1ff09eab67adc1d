import { takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { AggregateFunction } from './request.js';

const aggregates: readonly (readonly [AggregateFunction, readonly string[]])[] = [
  ['count', ['total number of', 'total count of', 'overall number of', 'number of', 'count of', 'amount of times', 'headcount of']],
  ['avg', ['average of', 'mean of', 'average', 'avg', 'mean']],
  ['median', ['median of', 'median value of', 'median']],
  ['sum', ['sum total of', 'total of', 'sum of', 'combined', 'overall', 'total', 'sum']],
  ['max', ['maximum of', 'maximum', 'max']],
  ['min', ['minimum of', 'minimum', 'min']],
];

/** Reads "number of", "average", "total": which figure over the rows is meant. */
export function readAggregate(cursor: Cursor): AggregateFunction | null {
  for (const [name, phrases] of aggregates) if (takePhrase(cursor, phrases) !== null) return name;
  return null;
}

const listed = new Map<string, AggregateFunction>([
  ['average', 'avg'], ['avg', 'avg'], ['mean', 'avg'], ['median', 'median'], ['total', 'sum'], ['sum', 'sum'], ['maximum', 'max'], ['max', 'max'], ['highest', 'max'], ['minimum', 'min'], ['min', 'min'], ['lowest', 'min'],
]);

/** Reads "average, minimum and maximum": several figures of what follows. Nothing when there is only one. */
export function readAggregates(cursor: Cursor): readonly AggregateFunction[] | null {
  const from = cursor.position;
  takePhrase(cursor, ['the', 'an', 'a']);
  const found: AggregateFunction[] = [];
  let joined = true;
  for (;;) {
    const name = listed.get(wordAt(cursor));
    if (name === undefined || !joined) break;
    found.push(name);
    cursor.position += 1;
    joined = takePhrase(cursor, [', and the', ', and', ', the', 'and the', 'and', ',']) !== null;
  }
  if (found.length > 1 && !joined) return [...new Set(found)];
  cursor.position = from;
  return null;
}
