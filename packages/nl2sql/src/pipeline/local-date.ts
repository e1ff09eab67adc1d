/** The ISO date of an instant in an IANA time zone. */
export function localDate(instant: Date, timeZone: string): string {
  // A function that starts cold would wait some 20 ms for the calendars and zones, which UTC does not need.
  if (timeZone === 'UTC') return instant.toISOString().slice(0, 10);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((entry) => entry.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
