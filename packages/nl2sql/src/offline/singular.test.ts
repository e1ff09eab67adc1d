import { describe, expect, it } from 'vitest';
import { singular } from './singular.js';
import { stem } from './stem.js';

describe('singular', () => {
  it.each([
    ['students', 'student'], ['countries', 'country'], ['addresses', 'address'], ['statuses', 'status'], ['status', 'status'], ['boxes', 'box'], ['people', 'person'], ['areas', 'area'], ['physics', 'physics'], ['analysis', 'analysis'], ['bus', 'bus'],
    ['ids', 'id'], ['data', 'data'], ['sales', 'sale'], ['courses', 'course'], ['classes', 'class'], ['series', 'series'],
  ])('%s -> %s', (plural, expected) => {
    expect(singular(plural)).toBe(expected);
  });
});

describe('stem', () => {
  it.each([['enrolled', 'enrollment'], ['hired', 'hire'], ['hiring', 'hire'], ['purchased', 'purchase'], ['published', 'publication'], ['built', 'build'], ['majoring', 'major'], ['sponsored', 'sponsor'], ['returned', 'returns'], ['created', 'creation'], ['sold', 'sell']])('gives %s and %s the same stem', (verb, noun) => {
    expect(stem(verb)).toBe(stem(noun));
  });

  it.each([['hired', 'built'], ['order', 'owner'], ['published', 'printed']])('keeps %s and %s apart', (a, b) => {
    expect(stem(a)).not.toBe(stem(b));
  });
});
