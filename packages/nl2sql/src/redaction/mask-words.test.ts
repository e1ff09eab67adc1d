import { describe, expect, it } from 'vitest';
import { maskWords } from './mask-words.js';

const mask = maskWords(['How many zebras live in Ulm since 2023?', 'O’Brien & größe 学生数']);

describe('a mask of words', () => {
  it.each([
    ['Malformed input near "zebras live in Ulm": expected a string', 'Malformed input near "… in …": expected a string'],
    ['ZEBRAS', '…'],
    ['The zebrastripe model', 'The … model'],
    ['zebr', '…'],
    ['gr\\u00f6\\u00dfe', '…'],
    ['gr%C3%B6%C3%9Fe!', '…!'],
    ['value 2023-01', 'value …-01'],
    ['学生', '…'],
    ['The provided model identifier is invalid.', 'The provided model identifier is invalid.'],
    ['%zz stays', '%zz stays'],
  ])('makes of %j %j', (said, expected) => {
    expect(mask(said)).toBe(expected);
  });

  it('leaves a text alone when there is nothing to hide, and cuts a long one', () => {
    expect(maskWords([])('zebras')).toBe('zebras');
    expect(maskWords([])('x'.repeat(9_999))).toHaveLength(500);
  });
});
