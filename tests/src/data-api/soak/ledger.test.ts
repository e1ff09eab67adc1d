import { expect, test } from 'vitest';
import { judgeLedger, type Known } from './ledger.js';

const known = (...states: Known[]) => new Map(states.map((state, operation) => [operation, state] as const));
const clean = { lost: 0, doubled: 0, phantom: 0 };

test('finds nothing wrong when every write is what its client knows', () => {
  const rows = new Map([[0, 1], [2, 1]]);
  expect(judgeLedger(known('done', 'not done', 'unknown', 'unknown'), rows)).toEqual({ ...clean, done: 1, notDone: 1, unknown: 2, unknownButDone: 1 });
});

test.each<[string, Known, number, Partial<typeof clean>]>([
  ['a done write that is missing', 'done', 0, { lost: 1 }],
  ['a done write that is there twice', 'done', 2, { doubled: 1 }],
  ['an unknown write that is there twice', 'unknown', 2, { doubled: 1 }],
  ['a write that is there although it was not done', 'not done', 1, { phantom: 1 }],
])('finds %s', (_, state, times, found) => {
  expect(judgeLedger(known(state), new Map(times === 0 ? [] : [[0, times]]))).toMatchObject({ ...clean, ...found });
});

test('finds a write that nobody made', () => {
  expect(judgeLedger(new Map(), new Map([[9, 1]]))).toMatchObject({ ...clean, phantom: 1 });
});
