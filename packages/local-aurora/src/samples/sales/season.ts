import { type CalendarDate, monthOf, weekdayOf } from '../calendar-date.js';

/** Orders of a month, as a share of an average one in percent: presents in November and December, little in January and February. */
const months = [74, 72, 86, 92, 97, 99, 94, 90, 98, 104, 138, 156];

/** Sunday first: the shop's companies order on working days. */
const weekdays = [78, 108, 110, 108, 106, 104, 86];

/** What a category gains in its season. */
const categories: Readonly<Record<string, readonly [from: number, to: number, percent: number]>> = {
  Outdoor: [4, 8, 190],
  Toys: [11, 12, 240],
  Home: [10, 12, 135],
  Office: [8, 9, 150],
};

/** How busy a day is, where 10,000 is an average one. */
export function demandOn(date: CalendarDate): number {
  return (months[monthOf(date) - 1] ?? 100) * (weekdays[weekdayOf(date)] ?? 100);
}

/** How much a category is wanted in a month, where 100 is out of season. */
export function categoryDemand(category: string, month: number): number {
  const season = categories[category];
  return season && month >= season[0] && month <= season[1] ? season[2] : 100;
}
