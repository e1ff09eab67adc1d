import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Contender } from './contender.js';
import { contenders } from './contenders.js';
import { median } from './measure.js';
import { startStubServer, type StubServer } from './start-stub-server.js';

let server: StubServer;
let everyone: readonly Contender[];

beforeAll(async () => {
  server = await startStubServer();
  everyone = contenders(server.endpoint);
});
afterAll(() => server.stop());

test('every contender reads the same rows', async () => {
  for (const shape of [{ kind: 'mixed', rows: 3 }, { kind: 'wide', rows: 2 }, { kind: 'nulls', rows: 4 }] as const) {
    for (const contender of everyone) expect([contender.name, (await contender.run(shape)).length]).toEqual([contender.name, shape.rows]);
  }
});

test('ours decodes what it reads', async () => {
  const [, ours] = everyone;
  expect((await ours?.run({ kind: 'mixed', rows: 2 }))?.[1]).toEqual({
    c0: 1, c1: 1_000_003n, c2: '1.01', c3: 'customer number 1', c4: false, c5: 1 / 7, c6: '2024-02-02T12:01:00.001Z', c7: '2024-02-02', c8: '00000000-0000-4000-8000-000000000001', c9: { a: 1, tags: ['x', 'y'] },
  });
});

test('the median is the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
