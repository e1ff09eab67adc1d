import { describe, expect, it } from 'vitest';
import { spanAt, tokenIndexAt, tokensOf } from './token-span.js';

const pointedAt = (sql: string, offset: number): string => {
  const { start, end } = spanAt(sql, tokensOf(sql), offset);
  return sql.slice(start, end);
};

describe('the stretch of a statement to point at', () => {
  it.each([
    ['SELECT a.b.c, 1', 7, 'a.b.c'], ['SELECT "a b".c FROM t', 7, '"a b".c'], ['SELECT a . b', 7, 'a . b'], ['SELECT a.* FROM t', 7, 'a'], ['SELECT 1 + 2', 9, '+'], ['SELECT a.', 7, 'a'],
    ['SELECT a', 6, 'a'], ['SELECT a  ', 99, 'a'], ["SELECT 'a'.b", 7, "'a'"], ['  ', 0, '  '],
  ])('%j at %i: %j', (sql, offset, expected) => {
    expect(pointedAt(sql, offset)).toBe(expected);
  });

  it('is the last token for an offset after all of them', () => {
    expect(tokenIndexAt(tokensOf('SELECT a'), 99)).toBe(1);
    expect(tokensOf('')).toEqual([]);
  });
});
