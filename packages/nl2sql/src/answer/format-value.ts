/** Writes a value for people: grouped digits, at most two decimals for large and four significant digits for small numbers, dates without midnight. */
export function formatValue(value: unknown, locale = 'en-US'): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value, locale);
  if (typeof value === 'bigint') return value.toLocaleString(locale);
  if (value instanceof Date) return dateText(value.toISOString());
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}[T ]/.test(value) ? dateText(value) : value;
  return JSON.stringify(value) ?? '';
}

/** Writes a value that names something. A number that does, such as an id, is not grouped. */
export function formatName(value: unknown, locale = 'en-US'): string {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : formatValue(value, locale);
}

/** Writes a number of a quantity column, also when the driver gave it as text. Two decimals, as of money, stay two unless both are 0. */
export function formatQuantity(value: unknown, locale = 'en-US'): string {
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value).toLocaleString(locale);
  if (typeof value === 'string' && /^-?\d+\.[1-9]0$/.test(value)) return Number(value).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return formatNumber(Number(value), locale);
  return formatValue(value, locale);
}

function formatNumber(value: number, locale: string): string {
  if (!Number.isFinite(value)) return String(value);
  const small = Math.abs(value) < 1 && value !== 0;
  return value.toLocaleString(locale, small ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 });
}

function dateText(iso: string): string {
  return iso.replace('T', ' ').replace(/[ ]00:00:00(?:\.0+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/, '').replace(/(\.\d+)?Z$/, '');
}
