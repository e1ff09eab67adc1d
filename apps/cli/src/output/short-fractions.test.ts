import { expect, it } from 'vitest';
import { shortenFractions } from './short-fractions.js';

const columns = [{ name: 'city', type: 'text' }, { name: 'value', type: 'numeric' }];
const shorten = (values: readonly unknown[]): unknown => shortenFractions(columns, values.map((value) => ['1.123456789123', value])).rows.map((row) => row[1]);

it('rounds quotients and averages to four decimals, exactly, and says so', () => {
  expect(shorten(['581.5414256198347107', '2.8000000000000000', null, '12345678901234567890.12345678901', '7'])).toEqual(['581.5414', '2.8000', null, '12345678901234567890.1235', '7.0000']);
  expect(shortenFractions(columns, [['a', '1.1234567891']]).shortened).toBe(true);
});

it('keeps four digits of what four decimals would hide', () => {
  expect(shorten(['0.000012345678901', '-0.0412345678'])).toEqual(['0.00001235', '-0.04123']);
});

it('leaves whole columns as they are where nothing is long: money, rates, coordinates, and text that looks like a number', () => {
  const rows = [['1.1234567890123', '48.85837012'], ['a', '1753967.90']];
  expect(shortenFractions(columns, rows)).toEqual({ rows, shortened: false });
});

it('leaves what is no decimal number', () => {
  expect(shorten(['1.1234567891', 'NaN', '1e-10', 'Infinity'])).toEqual(['1.1235', 'NaN', '1e-10', 'Infinity']);
});
