import { Nl2SqlError } from '../nl2sql-error.js';

/**
 * Reads CSV with a header line, as RFC 4180 describes it: quoted fields, doubled quotes, line breaks inside quotes.
 *
 * @throws Nl2SqlError `dataset-invalid` for a quote that never closes or a record of another width.
 */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...records] = csvRecords(text.replace(/^\ufeff/, ''));
  if (header === undefined) return [];
  return records.map((record, index) => {
    if (record.length !== header.length) throw new Nl2SqlError({ code: 'dataset-invalid', message: `Record ${index + 2} of the CSV has ${record.length} fields, its header ${header.length}.` });
    return Object.fromEntries(header.map((name, field) => [name, record[field] ?? '']));
  });
}

function csvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let position = 0;
  while (position < text.length) {
    const { value, end } = csvField(text, position);
    record.push(value);
    const separator = text[end];
    position = end + 1;
    if (separator === ',') {
      if (position === text.length) record.push('');
      continue;
    }
    if (separator === '\r' && text[position] === '\n') position += 1;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
}

function csvField(text: string, start: number): { readonly value: string; readonly end: number } {
  if (text[start] !== '"') {
    const stop = /[,\r\n]/g;
    stop.lastIndex = start;
    const end = stop.exec(text)?.index ?? text.length;
    return { value: text.slice(start, end), end };
  }
  let value = '';
  for (let position = start + 1; ; ) {
    const quote = text.indexOf('"', position);
    if (quote === -1) throw new Nl2SqlError({ code: 'dataset-invalid', message: 'A quoted field of the CSV never closes.' });
    value += text.slice(position, quote);
    if (text[quote + 1] !== '"') {
      // A quote that nobody doubled inside a quoted field: the rest up to the separator is taken as it stands, as most readers do.
      const rest = /[,\r\n]/g;
      rest.lastIndex = quote + 1;
      const end = rest.exec(text)?.index ?? text.length;
      return { value: value + text.slice(quote + 1, end), end };
    }
    value += '"';
    position = quote + 2;
  }
}
