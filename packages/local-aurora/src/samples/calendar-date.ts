import { LocalAuroraError } from '../local-aurora-error.js';

const dayLength = 86_400_000;

/** A day as ISO 8601 text, such as `2025-01-01`. Text of this form also compares in the order of time. */
export type CalendarDate = string;

/** @throws {LocalAuroraError} `invalid-option` for what is no day of the years 1970 to 9999 */
export function assertCalendarDate(text: string): CalendarDate {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || time < 0 || fromTime(time) !== text) throw new LocalAuroraError('invalid-option', `Not a date of the form 2025-01-01: ${JSON.stringify(text)}.`);
  return text;
}

export function calendarDate(year: number, month: number, day: number): CalendarDate {
  return fromTime(Date.UTC(year, month - 1, day));
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromTime(toTime(date) + days * dayLength);
}

/** Days from `start` to `end`; negative when `end` comes first. */
export function daysBetween(start: CalendarDate, end: CalendarDate): number {
  return (toTime(end) - toTime(start)) / dayLength;
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(date: CalendarDate): number {
  return Number(date.slice(5, 7));
}

/** 0 is Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(toTime(date)).getUTCDay();
}

/** The same day of another year; the last of February where the day does not exist. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  const shifted = calendarDate(yearOf(date) + years, monthOf(date), Number(date.slice(8)));
  return monthOf(shifted) === monthOf(date) ? shifted : addDays(shifted, -1);
}

function toTime(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function fromTime(time: number): CalendarDate {
  return new Date(time).toISOString().slice(0, 10);
}
