import { describe, expect, it, vi } from 'vitest';
import { tokenise } from './tokenise.js';

const kinds = (question: string) => tokenise(question).map(({ kind, text }) => `${kind}:${text}`);

describe('tokenise', () => {
  it.each([
    ['Students of "Data Science"?', ['word:Students', 'word:of', 'quoted:Data Science', 'comma:,']],
    ["the student's name", ['word:the', 'word:student', 'word:name']],
    ["courses of 'Ana Alba'", ['word:courses', 'word:of', 'quoted:Ana Alba']],
    ['over 1,250.50 or $5k', ['word:over', 'number:1,250.50', 'word:or', 'number:$5k']],
    ['since 2024-02-29', ['word:since', 'date:2024-02-29']],
    ['CS-101 and check-ins', ['word:CS', 'number:101', 'word:and', 'word:check', 'word:ins']],
    ['salary >= 100', ['word:salary', 'word:>=', 'number:100']],
  ])('splits %j', (question, expected) => {
    expect(kinds(question)).toEqual(expected);
  });

  it.each([['more than two', 2], ['1.5 million', 1_500_000], ['5k', 5_000], ['12 members', 12], ['1,000', 1_000]])('reads the number of %j', (question, value) => {
    expect(tokenise(question).find(({ kind }) => kind === 'number')?.value).toBe(value);
  });

  it('takes a capital for one only where it does not begin a sentence', () => {
    expect(tokenise('Projects of Ana. Show names').filter(({ capital }) => capital).map(({ text }) => text)).toEqual(['Ana']);
  });

  it('gives offsets into the question', () => {
    const question = 'Which “Old Hall” rooms?';
    expect(tokenise(question).map(({ start, end }) => question.slice(start, end))).toEqual(['Which', '“Old Hall”', 'rooms', '?']);
  });

  it('looks at each part of a long question a bounded number of times', () => {
    const looked = (question: string): number => {
      const slice = vi.spyOn(String.prototype, 'slice');
      try {
        tokenise(question);
        return slice.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
      } finally {
        slice.mockRestore();
      }
    };
    const question = (size: number): string => `${'"'.repeat(size)}${"a'".repeat(4 * size)}${'b,'.repeat(4 * size)}`;
    expect(looked(question(2_000))).toBeLessThan(2.2 * looked(question(1_000)));
  });
});
