import { expect, test } from 'vitest';
import { addDays, addYears, assertCalendarDate, daysBetween, weekdayOf } from './calendar-date.js';

test.each(['2025-01-01', '2024-02-29', '1970-01-01', '9999-12-31'])('%s is a date', (text) => {
  expect(assertCalendarDate(text)).toBe(text);
});

test.each(['2023-02-29', '2025-13-01', '2025-1-1', '2025-01-01T00:00:00Z', '01/02/2025', '', '1969-12-31', "2025-01-01'; DROP"])('%j is none', (text) => {
  expect(() => assertCalendarDate(text)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});

test('days are counted through leap years', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2025-01-01', -366)).toBe('2024-01-01');
  expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
  expect(addYears('2024-02-29', -3)).toBe('2021-02-28');
  expect(weekdayOf('2025-01-01')).toBe(3);
});
