import { describe, expect, it } from 'vitest';
import { sameRows } from './same-rows.js';

const wanted = [['Physics', 2], ['Art', 3]];

describe('sameRows', () => {
  it.each([
    ['another order of rows', [['Art', 3], ['Physics', 2]], true],
    ['another order of columns', [[2, 'Physics'], [3, 'Art']], true],
    ['more columns', [['x', 'Physics', 2], ['x', 'Art', 3]], true],
    ['numbers as text', [['Physics', '2'], ['Art', '3.0']], true],
    ['fewer rows', [['Physics', 2]], false],
    ['more rows', [['Physics', 2], ['Art', 3], ['Art', 3]], false],
    ['values of other rows', [['Physics', 3], ['Art', 2]], false],
    ['a missing column', [['Physics'], ['Art']], false],
  ])('%s', (_name, given, same) => {
    expect(sameRows(wanted, given, { ordered: false })).toBe(same);
  });

  it('compares the order where it is part of the answer', () => {
    expect(sameRows(wanted, [['Art', 3], ['Physics', 2]], { ordered: true })).toBe(false);
    expect(sameRows(wanted, wanted, { ordered: true })).toBe(true);
  });

  it('tries another column when two hold the same values', () => {
    expect(sameRows([[1, 2], [2, 1]], [[1, 2, 2], [2, 1, 1]], { ordered: true })).toBe(true);
    expect(sameRows([['a', 'b'], ['b', 'b']], [['b', 'a', 'b'], ['b', 'b', 'b']], { ordered: false })).toBe(true);
  });
});
