import fc from 'fast-check';
import { expect, test } from 'vitest';
import { date, timestamp } from './time-decoders.js';

test.each([
  ['2024-02-29 12:30:00', '2024-02-29T12:30:00Z'],
  ['2024-02-29 12:30:00.123456', '2024-02-29T12:30:00.123456Z'],
  ['2024-02-29 12:30:00+00', '2024-02-29T12:30:00Z'],
  ['2024-02-29 12:30:00.5+05:30', '2024-02-29T07:00:00.5Z'],
  ['2024-02-29 20:30:00.123456-08', '2024-03-01T04:30:00.123456Z'],
  ['1880-01-01 00:00:00+00:53:28', '1879-12-31T23:06:32Z'],
  ['12345-01-01 00:00:00+01', '12344-12-31T23:00:00Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00Z'],
  ['infinity', 'infinity'],
  ['-infinity', '-infinity'],
  ['0044-03-15 00:00:00+00 BC', '0044-03-15T00:00:00+00 BC'],
])('the instant %s is %s', (text, iso) => {
  expect(timestamp('string', true).text(text)).toBe(iso);
});

test('an instant of any offset is the same Date', () => {
  const instant = fc.date({ min: new Date('0002-01-01T00:00:00Z'), max: new Date('9998-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (given, minutes) => {
      const [clock = ''] = new Date(given.getTime() + minutes * 60_000).toISOString().split('Z');
      const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
      const text = `${clock.replace('T', ' ')}${minutes < 0 ? '-' : '+'}${hours}${rest === '00' ? '' : `:${rest}`}`;
      expect(timestamp('date', true).text(text)).toEqual(given);
      expect(new Date(String(timestamp('string', true).text(text)))).toEqual(given);
    }),
  );
});

test.each(['infinity', '0044-03-15 00:00:00 BC'])('%s has no Date, and says so', (text) => {
  expect(() => timestamp('date', false).text(text)).toThrow(/has no Date/);
  expect(() => date('date').text(text.replace(' 00:00:00', ''))).toThrow(/has no Date/);
});
