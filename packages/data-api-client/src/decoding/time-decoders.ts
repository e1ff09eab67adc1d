import type { DecodingOptions } from './decoding-options.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** The Data API gives `2024-02-29 12:30:00.123456`, in UTC and without an offset. */
export function timestamp(form: NonNullable<DecodingOptions['timestamps']>, withZone: boolean): ValueDecoder {
  const iso = withZone ? isoInstant : isoLocal;
  if (form === 'string') return decoderOf({ text: iso });
  if (form === 'date') return decoderOf({ text: (text) => toDate(isoInstant(text)) });
  const read = temporalReader(withZone ? 'Instant' : 'PlainDateTime');
  return decoderOf({ text: (text) => read(iso(text)) });
}

export function date(form: NonNullable<DecodingOptions['dates']>): ValueDecoder {
  if (form === 'string') return decoderOf({ text: (text) => text });
  if (form === 'date') return decoderOf({ text: (text) => toDate(`${text}T00:00:00Z`) });
  return decoderOf({ text: temporalReader('PlainDate') });
}

const space = 0x20;

function isoLocal(text: string): string {
  if (text.charCodeAt(10) === space) return `${text.slice(0, 10)}T${text.slice(11)}`;
  return text.replace(' ', 'T');
}

function isoInstant(text: string): string {
  const iso = isoLocal(text);
  // `infinity` has no digits; a text with an era says itself where it is.
  if (!isDigit(iso.charCodeAt(iso.length - 1))) return iso;
  return hasOffset(iso) ? inUtc(iso) : `${iso}Z`;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** `+02`, `+0200`, `+02:00` or `+02:00:00` at the end: where the sign is, counted from there. */
function hasOffset(iso: string): boolean {
  return iso.length > 16 && (isSign(iso, 3) || isSign(iso, 5) || isSign(iso, 6) || isSign(iso, 9));
}

function isSign(text: string, fromEnd: number): boolean {
  const code = text.charCodeAt(text.length - fromEnd);
  return code === 0x2b || code === 0x2d;
}

const zoned = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?([+-])(\d\d):?(\d\d)?:?(\d\d)?$/u;

/** The service gives instants in UTC, but bounds of a tstzrange as PostgreSQL writes them: `2024-02-29T12:30:00.5+05:30`. */
function inUtc(iso: string): string {
  const parts = zoned.exec(iso);
  if (!parts) return iso;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(9, 12).map((part) => Number(part ?? 0));
  const offset = (parts[8] === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds);
  if (offset === 0) return `${iso.slice(0, iso.lastIndexOf(parts[8] ?? ''))}Z`;
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  utc.setUTCHours(hour, minute, second - offset);
  if (Number.isNaN(utc.getTime())) return iso;
  // A fraction of a second is the same in every zone. Years of more than four digits have no sign here.
  return `${utc.toISOString().replace(/^\+0*/u, '').slice(0, -5)}${parts[7] ?? ''}Z`;
}

function toDate(iso: string): Date {
  // ISO 8601 writes years of more than four digits with a sign and six.
  const value = new Date(/^\d{5,6}-/u.test(iso) ? `+${iso.padStart(iso.length + 6 - iso.indexOf('-'), '0')}` : iso);
  if (Number.isNaN(value.getTime())) throw new RangeError(`${JSON.stringify(iso)} has no Date.`);
  return value;
}

function temporalReader(kind: 'Instant' | 'PlainDateTime' | 'PlainDate'): (text: string) => unknown {
  const temporal = (globalThis as { readonly Temporal?: Readonly<Record<string, { from(text: string): unknown }>> }).Temporal;
  const type = temporal?.[kind];
  if (!type) throw new TypeError('This runtime has no Temporal: load a polyfill that sets globalThis.Temporal, or choose another form.');
  return (text) => type.from(text);
}
