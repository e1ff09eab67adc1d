import { describe, expect, it } from 'vitest';
import { comparedPeriods } from './compared-periods.js';
import { tokenise } from './tokenise.js';

const today = '2025-06-15';

function read(question: string): string {
  const { tokens, periods } = comparedPeriods(tokenise(question), today);
  return `${tokens.map(({ text }) => text).join(' ')} | ${periods.map(({ name }) => name).join(', ')}`;
}

describe('comparedPeriods', () => {
  it.each([
    ['orders in 2023 vs 2024', 'orders in 2023 | 2023, 2024'],
    ['orders 2022 vs. 2023 vs. 2024', 'orders 2022 | 2022, 2023, 2024'],
    ['compare orders in 2023 and 2024', 'orders in 2023 | 2023, 2024'],
    ['please compare the orders between 2023 and 2024 by city', 'the orders 2023 by city | 2023, 2024'],
    ['orders in Q1 2024 compared to Q1 2025', 'orders in Q1 2024 | Q1 2024, Q1 2025'],
    ['orders Q1 vs Q2 2024', 'orders Q1 2024 | Q1 2024, Q2 2024'],
    ['orders in January vs February 2024', 'orders in January 2024 | January 2024, February 2024'],
    ['orders this month vs last month', 'orders this month | June 2025, May 2025'],
    ['comparison of orders in 2024 with 2023', 'orders in 2024 | 2024, 2023'],
  ])('reads "%s"', (question, expected) => {
    expect(read(question)).toBe(expected);
  });

  it.each(['orders between 2023 and 2024', 'orders in 2023 and 2024', 'orders since 2023 vs 2024', 'open vs shipped orders', 'compare red and white wines', 'vs', 'orders in 2023 vs'])('leaves "%s" as it is', (question) => {
    expect(read(question)).toBe(`${tokenise(question).map(({ text }) => text).join(' ')} | `);
  });
});
