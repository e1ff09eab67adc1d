import { describe, expect, it } from 'vitest';
import type { Lexicon } from './lexicon.js';
import { correctedWord, similarWords } from './spelling.js';

const lexicon: Lexicon = { at: () => [], verb: () => [], value: () => [], words: () => ['student', 'country', 'city', 'salary', 'order', 'branch', 'company', 'price'] };

describe('correctedWord', () => {
  it.each([
    ['studnets', 'student'], ['studens', 'student'], ['salery', 'salary'], ['ordrs', 'order'], ['brances', 'branch'], ['companys', 'company'], ['countrys', 'country'],
  ])('takes %s for a slip of %s', (wrong, right) => {
    expect(correctedWord(wrong, lexicon)).toBe(right);
  });

  it.each(['county', 'prize', 'border', 'cites', 'pastry', 'gnome', 'orders2', 'cit'])('leaves %s alone', (word) => {
    expect(correctedWord(word, lexicon)).toBeNull();
  });
});

describe('similarWords', () => {
  it('offers what resembles a word it would not change by itself', () => {
    expect(similarWords('studying', lexicon)).toEqual(['student']);
    expect(similarWords('zebra', lexicon)).toEqual([]);
  });
});
