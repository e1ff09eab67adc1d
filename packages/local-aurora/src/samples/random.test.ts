import { expect, test } from 'vitest';
import { createRandom } from './random.js';

test('a seed always gives the same choices', () => {
  const random = createRandom('a seed');
  expect(Array.from({ length: 8 }, () => random.integer(1, 1000))).toEqual([552, 805, 95, 847, 455, 595, 728, 776]);
});

test('seeds differ', () => {
  const [one, two] = ['one', 'two'].map((seed) => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.integer(0, 9)).join('');
  });
  expect(one).not.toBe(two);
});

test('choices are spread evenly and stay in their bounds', () => {
  const random = createRandom('dice');
  const counts = new Map<number, number>();
  for (let roll = 0; roll < 60_000; roll += 1) {
    const face = random.integer(1, 6);
    counts.set(face, (counts.get(face) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('weights are kept', () => {
  const random = createRandom('weights');
  const heads = Array.from({ length: 10_000 }, () => random.weighted([['heads', 3], ['tails', 1], ['edge', 0]] as const));
  expect(heads.filter((side) => side === 'heads').length / 10_000).toBeCloseTo(0.75, 1);
  expect(heads).not.toContain('edge');
});

test('nothing can not be picked from', () => {
  expect(() => createRandom('x').pick([])).toThrow(RangeError);
});
