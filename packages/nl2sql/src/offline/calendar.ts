/** Calendar arithmetic on ISO dates, in UTC so that no time zone shifts a day. */
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

export function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The first day of the period that holds `date`, `offset` periods later. Weeks begin on Monday. */
export function periodStart(date: string, unit: Unit, offset = 0): string {
  const [year, month, day] = parts(date);
  switch (unit) {
    case 'day':
      return isoDate(year, month, day + offset);
    case 'week': {
      const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
      return isoDate(year, month, day - weekday + 7 * offset);
    }
    case 'month':
      return isoDate(year, month + offset, 1);
    case 'quarter':
      return isoDate(year, Math.floor((month - 1) / 3) * 3 + 1 + 3 * offset, 1);
    case 'year':
      return isoDate(year + offset, 1, 1);
  }
}

/** The same day `count` units later; the last day of the month where that day does not exist. */
export function addUnits(date: string, unit: Unit, count: number): string {
  const [year, month, day] = parts(date);
  if (unit === 'day' || unit === 'week') return isoDate(year, month, day + count * (unit === 'week' ? 7 : 1));
  const months = month + count * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1);
  const lastDay = Number(isoDate(year, months + 1, 0).slice(8));
  return isoDate(year, months, Math.min(day, lastDay));
}

export function isIsoDate(text: string): boolean {
  const [year, month, day] = parts(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isoDate(year, month, day) === text;
}

function parts(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}
