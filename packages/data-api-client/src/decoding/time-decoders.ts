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
  // `infinity` has no digits; a text with an offset or an era says itself where it is.
  return isDigit(iso.charCodeAt(iso.length - 1)) && !hasOffset(iso) ? `${iso}Z` : iso;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** `+02`, `+0200` or `+02:00` at the end: the sign is the third, fifth or sixth character from there. */
function hasOffset(iso: string): boolean {
  return iso.length > 16 && (isSign(iso, 3) || isSign(iso, 5) || isSign(iso, 6));
}

function isSign(text: string, fromEnd: number): boolean {
  const code = text.charCodeAt(text.length - fromEnd);
  return code === 0x2b || code === 0x2d;
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
