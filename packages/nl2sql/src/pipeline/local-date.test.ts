import { expect, it } from 'vitest';
import { localDate } from './local-date.js';

it.each([
  ['2024-12-31T23:59:59.999Z', 'UTC', '2024-12-31'],
  ['2025-01-01T00:00:00.000Z', 'UTC', '2025-01-01'],
  ['2024-12-31T23:30:00.000Z', 'Europe/Berlin', '2025-01-01'],
  ['2025-01-01T04:30:00.000Z', 'America/New_York', '2024-12-31'],
  ['2025-03-30T01:30:00.000Z', 'Europe/London', '2025-03-30'],
])('the date at %s in %s is %s', (instant, timeZone, date) => {
  expect(localDate(new Date(instant), timeZone)).toBe(date);
});

it('gives in UTC what the calendar of its other name gives', () => {
  for (let day = 0; day < 800; day += 1) {
    const instant = new Date(Date.UTC(2023, 11, 30) + day * 86_399_000);
    expect(localDate(instant, 'UTC')).toBe(localDate(instant, 'Etc/UTC'));
  }
});
