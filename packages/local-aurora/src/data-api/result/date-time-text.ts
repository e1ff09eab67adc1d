import { internalFailure } from '../service-error.js';

const timestamptz = /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/**
 * A date, time or timestamp as the service prints it: no fraction when it is zero, else three digits when they suffice,
 * else six.
 *
 * @throws {ServiceError} InternalFailure for infinity, for years before Christ and for MySQL's zero dates, which the service can't represent
 */
export function dateTimeText(text: string): string {
  refuseUnbounded(text);
  const point = text.indexOf('.');
  return point === -1 ? text : text.slice(0, point) + fraction(text.slice(point + 1));
}

/** A timestamptz as the service prints it: in UTC, without an offset. @throws {ServiceError} InternalFailure, as above */
export function timestamptzText(text: string): string {
  if (text.endsWith('+00')) return dateTimeText(text.slice(0, -3));
  refuseUnbounded(text);
  const parts = timestamptz.exec(text);
  if (parts === null) throw internalFailure();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(9, 12).map((part) => Number(part ?? 0));
  const offset = (parts[8] === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds);
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  utc.setUTCHours(hour, minute, second - offset);
  const [date = '', time = ''] = utc.toISOString().replace(/^\+0*/, '').slice(0, -5).split('T');
  return `${date} ${time}${fraction(parts[7] ?? '')}`;
}

const zeroDate = /^\d{4}-(?:00|\d\d-00)/;

function refuseUnbounded(text: string): void {
  if (text.endsWith('infinity') || text.endsWith('BC') || zeroDate.test(text)) throw internalFailure();
}

function fraction(digits: string): string {
  const micros = digits.padEnd(6, '0');
  if (/^0*$/.test(micros)) return '';
  return `.${micros.endsWith('000') ? micros.slice(0, 3) : micros}`;
}
