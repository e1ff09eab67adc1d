import { addUnits } from './calendar.js';
import type { Unit } from './calendar.js';
import type { TimeRange } from './time-expression.js';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A stretch of time as people name it: "2023", "Q1 2024", "March 2024", or its first and last day. */
export function periodName({ from, to }: TimeRange): string {
  if (from === null || to === null) return from === null ? `before ${to ?? ''}` : `from ${from}`;
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
  const spans = (unit: Unit): boolean => addUnits(from, unit, 1) === to;
  if (from.endsWith('-01-01') && spans('year')) return year;
  if (from.endsWith('-01') && month % 3 === 1 && spans('quarter')) return `Q${(month + 2) / 3} ${year}`;
  if (from.endsWith('-01') && spans('month')) return `${months[month - 1] ?? ''} ${year}`;
  const last = addUnits(to, 'day', -1);
  return last === from ? from : `${from} to ${last}`;
}
