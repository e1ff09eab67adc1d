import { splitIdentifier } from '../introspection/split-identifier.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Column } from './schema-graph.js';

interface Unit {
  /** What can be turned into each other: minutes and hours, but not minutes and kilometres. */
  readonly family: 'time' | 'months' | 'length' | 'weight' | 'money';
  /** How many of the family's smallest unit it is. */
  readonly size: number;
}

const units = new Map<string, Unit>();
const family = (name: Unit['family'], sizes: Readonly<Record<string, number>>): void => {
  for (const [words, size] of Object.entries(sizes)) for (const word of words.split(' ')) units.set(word, { family: name, size });
};
family('time', { 'second seconds sec secs': 1, 'minute minutes min mins': 60, 'hour hours hr hrs': 3600, 'day days': 86_400, 'week weeks': 604_800 });
family('months', { 'month months mth mths': 1, 'year years yr yrs': 12 });
family('length', { mm: 1, cm: 10, 'm meter meters metre metres': 1000, 'km kilometer kilometers kilometre kilometres': 1_000_000, 'mile miles': 1_609_344 });
family('weight', { mg: 1, 'g gram grams': 1000, 'kg kilo kilos kilogram kilograms': 1_000_000 });
family('money', { 'cent cents': 1, 'euro euros eur € dollar dollars usd $ pound pounds gbp £': 100 });

/** Words of a question that are units of measure. */
export const unitNames: readonly string[] = ['us dollars', ...[...units.keys()].filter((name) => name.length > 1)];

/** What a column's numbers are, by its name: minutes for `duration_min` and `minutes_late`; null when the name does not say. */
function unitOf(column: Column): Unit | null {
  const words = splitIdentifier(column.column.name);
  const named = words.filter((word, index) => units.has(word) && !position.test(word) && (word.length > 3 || (index > 0 && index === words.length - 1)));
  const [only, ...others] = named;
  const unit = only === undefined || others.length > 0 ? null : (units.get(only) ?? null);
  // `price_usd` is in whole units, as a plain `price` is.
  return unit?.family === 'money' && unit.size > 1 ? null : unit;
}

/** A `birth_month` or a `delivery_day` is no length of time. */
const position = /^(day|week|month|mth|year|yr|second)$/;

/**
 * A number of a question in the unit that a column is kept in: "longer than 2 hours" is 120 for a column of minutes.
 *
 * @throws NotUnderstood when the two units do not measure the same thing, Ambiguous when an amount may be in cents or not
 */
export function inColumnUnit(value: number, said: string | null, column: Column): number {
  const kept = unitOf(column);
  const unit = said === null ? null : (units.get(said.split(' ').at(-1) ?? '') ?? null);
  const name = columnInWords(column);
  if (unit === null) {
    if (kept?.family === 'money') throw new Ambiguous(`The ${name} of ${plural(column.node)} is kept in cents. Do you mean ${value} cents, or ${value} whole units such as euros or dollars? Name the unit.`);
    return value;
  }
  if (kept === null) {
    // Nothing says what the column is kept in, other than money, which is whole unless a name says cents.
    if (unit.family === 'money') return unit.size === 1 ? value / 100 : value;
    throw new NotUnderstood(`I do not know in which unit the ${name} of ${plural(column.node)} is kept. Ask with a plain number, without "${said}".`);
  }
  if (kept.family !== unit.family) throw new NotUnderstood(`The ${name} of ${plural(column.node)} is not measured in ${said}.`);
  return Number(((value * unit.size) / kept.size).toPrecision(15));
}
