import { describe, expect, it } from 'vitest';
import { Nl2SqlError } from '../nl2sql-error.js';
import { readInHalves } from './read-in-halves.js';

const tooLarge = () => new Nl2SqlError({ code: 'introspection-failed', message: 'A catalog query failed.', cause: new Error('Database returned more than the allowed response size limit') });

describe('readInHalves', () => {
  it('reads all in order, in as few queries as fit', async () => {
    const asked: number[] = [];
    const rows = await readInHalves([1, 2, 3, 4, 5, 6, 7], async (items) => {
      asked.push(items.length);
      if (items.length > 2) throw tooLarge();
      return items.map((item) => item * 10);
    });
    expect(rows).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(asked).toEqual([7, 4, 2, 2, 3, 2, 1]);
  });

  it('says which way out there is when one item is too large, and passes other failures on', async () => {
    await expect(readInHalves([1, 2], async () => { throw tooLarge(); })).rejects.toMatchObject({ code: 'introspection-failed', message: expect.stringContaining('direct connection') });
    let calls = 0;
    await expect(readInHalves([1, 2], async () => { calls += 1; throw new Error('permission denied'); })).rejects.toThrow('permission denied');
    expect(calls).toBe(1);
  });
});
