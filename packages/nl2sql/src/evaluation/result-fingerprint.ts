import { comparableValue } from './comparable-value.js';

/** Equal for results that hold the same rows, whatever their order and their columns' names. */
export function resultFingerprint(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return rows
    .map((row) => JSON.stringify(Object.values(row).map((value) => comparableValue(value))))
    .sort()
    .join('\n');
}
