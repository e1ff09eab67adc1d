import { describe, expect, it } from 'vitest';
import { likePattern } from './text-match.js';

describe('likePattern', () => {
  it.each([
    ['start', 'Intro', 'Intro%'], ['inside', 'data', '%data%'], ['end', '50%_off\\', '%50\\%\\_off\\\\'],
  ] as const)('%s of %s is %s', (where, text, pattern) => {
    expect(likePattern({ where, text })).toBe(pattern);
  });
});
