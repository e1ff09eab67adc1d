import { formatValue } from './format-value.js';

const firstOfMonth = /^(\d{4})-(\d{2})-01(?:[T ]00:00:00(?:\.0+)?(?:Z|[+-]00(?::?00)?)?)?$/;

/**
 * Writes the start of a period as people name it, where the column's name says that it is one: "December 2024" for
 * `month`, "Q4 2024" for `quarter`, "2024" for `year`. Anything else is a date, or a number that is never grouped: 1998.
 */
export function formatPeriod(column: string, value: unknown, locale = 'en-US'): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = formatValue(value, locale);
  const [, year = '', month = ''] = firstOfMonth.exec(text) ?? [];
  if (year === '') return text;
  if (/(?:^|_)month$/i.test(column)) return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${year}-${month}-01T00:00:00Z`));
  if (/(?:^|_)quarter$/i.test(column) && (Number(month) - 1) % 3 === 0) return `Q${String((Number(month) - 1) / 3 + 1)} ${year}`;
  return /(?:^|_)year$/i.test(column) && month === '01' ? year : text;
}
