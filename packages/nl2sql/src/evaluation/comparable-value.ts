/** A value as results are compared by: what two drivers or two ways of writing a query give for the same thing. */
export type ComparableValue = string | number | boolean | null;

/**
 * Numbers, also those that drivers give as text (numeric, bigint), are rounded to `digits` significant digits; dates
 * become ISO text, midnight is dropped; text loses trailing spaces (char(n)); anything else is its JSON.
 */
export function comparableValue(value: unknown, digits = 9): ComparableValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? roundTo(value, digits) : String(value);
  if (typeof value === 'bigint') return roundTo(Number(value), digits);
  if (value instanceof Date) return dateText(value.toISOString());
  if (typeof value === 'string') return textValue(value, digits);
  return JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
}

function textValue(text: string, digits: number): ComparableValue {
  const trimmed = text.trimEnd();
  // Leading zeros and plus signs are identifiers ("007"), not numbers.
  if (/^-?(?:0|[1-9]\d{0,17})(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(trimmed)) return roundTo(Number(trimmed), digits);
  return dateText(trimmed);
}

function dateText(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2})[T ]00:00:00(?:\.0+)?(?:Z|[+-]00(?::?00)?)?$/, '$1').replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)Z?$/, '$1 $2');
}

function roundTo(value: number, digits: number): number {
  const rounded = Number(value.toPrecision(digits));
  return Object.is(rounded, -0) ? 0 : rounded;
}
