import type { DecodingOptions } from './decoding-options.js';
import { textual, type ValueDecoder } from './value-decoder.js';

/** The Data API gives `2024-02-29 12:30:00.123456`, in UTC and without an offset. */
export function timestamp(form: NonNullable<DecodingOptions['timestamps']>, withZone: boolean): ValueDecoder {
  const iso = withZone ? isoInstant : isoLocal;
  if (form === 'string') return textual(iso);
  if (form === 'date') return textual((text) => toDate(isoInstant(text)));
  const read = temporalReader(withZone ? 'Instant' : 'PlainDateTime');
  return textual((text) => read(iso(text)));
}

export function date(form: NonNullable<DecodingOptions['dates']>): ValueDecoder {
  if (form === 'string') return textual((text) => text);
  if (form === 'date') return textual((text) => toDate(`${text}T00:00:00Z`));
  return textual(temporalReader('PlainDate'));
}

function isoLocal(text: string): string {
  const space = text.indexOf(' ');
  return space === -1 ? text : `${text.slice(0, space)}T${text.slice(space + 1)}`;
}

function isoInstant(text: string): string {
  const iso = isoLocal(text);
  // `infinity` has no digits; a text with an offset or a Z of its own says already where it is.
  return /\d$/u.test(iso) && !/[+-]\d{2}(?::?\d{2})?$/u.test(iso.slice(10)) ? `${iso}Z` : iso;
}

function toDate(iso: string): Date {
  const value = new Date(iso);
  if (Number.isNaN(value.getTime())) throw new RangeError(`${JSON.stringify(iso)} has no Date.`);
  return value;
}

function temporalReader(kind: 'Instant' | 'PlainDateTime' | 'PlainDate'): (text: string) => unknown {
  const temporal = (globalThis as { readonly Temporal?: Readonly<Record<string, { from(text: string): unknown }>> }).Temporal;
  const type = temporal?.[kind];
  if (!type) throw new TypeError('This runtime has no Temporal: load a polyfill that sets globalThis.Temporal, or choose another form.');
  return (text) => type.from(text);
}
