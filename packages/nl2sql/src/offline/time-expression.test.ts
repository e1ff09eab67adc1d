import { describe, expect, it } from 'vitest';
import { timeExpression } from './time-expression.js';
import { tokenise } from './tokenise.js';

const today = '2025-05-20';
const read = (text: string) => {
  const tokens = tokenise(text);
  const match = timeExpression(tokens, 0, today);
  return match === null ? null : { from: match.range.from, to: match.range.to, rest: tokens.slice(match.length).map(({ text: word }) => word).join(' ') };
};

describe('timeExpression on 2025-05-20', () => {
  it.each([
    ['in 2022', '2022-01-01', '2023-01-01'],
    ['before 2019', null, '2019-01-01'],
    ['after 2000', '2001-01-01', null],
    ['since 2020', '2020-01-01', null],
    ['until 2020', null, '2021-01-01'],
    ['between 2019 and 2021', '2019-01-01', '2022-01-01'],
    ['from 2019 to 2021', '2019-01-01', '2022-01-01'],
    ['in the 1990s', '1990-01-01', '2000-01-01'],
    ['last quarter', '2025-01-01', '2025-04-01'],
    ['in the last quarter', '2025-01-01', '2025-04-01'],
    ['this quarter', '2025-04-01', '2025-07-01'],
    ['last month', '2025-04-01', '2025-05-01'],
    ['last year', '2024-01-01', '2025-01-01'],
    ['last week', '2025-05-12', '2025-05-19'],
    ['yesterday', '2025-05-19', '2025-05-20'],
    ['today', '2025-05-20', '2025-05-21'],
    ['last 30 days', '2025-04-20', '2025-05-21'],
    ['past 3 months', '2025-02-20', '2025-05-21'],
    ['in March 2024', '2024-03-01', '2024-04-01'],
    ['in December', '2024-12-01', '2025-01-01'],
    ['on March 5, 2024', '2024-03-05', '2024-03-06'],
    ['on 2024-02-29', '2024-02-29', '2024-03-01'],
    ['between 2024-01-05 and 2024-01-07', '2024-01-05', '2024-01-08'],
    ['in Q3 2023', '2023-07-01', '2023-10-01'],
    ['in the first quarter of 2023', '2023-01-01', '2023-04-01'],
    ['after March 2024', '2024-04-01', null],
    ['before 2024-03-05', null, '2024-03-05'],
  ])('reads %j', (text, from, to) => {
    expect(read(text)).toEqual({ from, to, rest: '' });
  });

  it.each(['over 95', 'in Physics', 'may', '2023-02-30', 'between 5 and 9', 'in 99', 'last', 'on the campus', 'from Berlin'])('finds no time in %j', (text) => {
    expect(read(text)).toBeNull();
  });

  it('leaves the words after it', () => {
    expect(read('in 2022 by month')).toMatchObject({ rest: 'by month' });
  });

  it('keeps to the calendar at the ends of months', () => {
    const tokens = tokenise('past 1 months');
    expect(timeExpression(tokens, 0, '2024-03-31')?.range.from).toBe('2024-02-29');
  });
});
