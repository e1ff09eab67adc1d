import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallEnd } from '../observation/data-api-hooks.js';
import { useLocalDataApi } from '../testing/local-data-api.js';

const api = useLocalDataApi();
const total = 3_000;

beforeAll(() => api.client.execute(`create table long_list as select g::int4 as id, repeat(chr(97 + g % 26), case when g between 1000 and 1200 then 20000 else 20 end) as body from generate_series(1, ${total}) g`));

describe('stream', () => {
  test('gives every row once and in order, however uneven their sizes', async () => {
    const sizes: number[] = [];
    const failures: string[] = [];
    const client = api.connect({ hooks: { onEnd: (end: CallEnd) => sizes.push(end.responseBytes), onError: ({ error }) => failures.push(error.code) } });
    const ids: number[] = [];
    for await (const row of client.stream<{ id: number; body: string }>('select * from long_list order by id', {}, { pageSize: 900, maxPageSize: 900 })) ids.push(row.id);
    expect(ids).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    expect(failures).toContain('result-too-large');
    expect(Math.max(...sizes)).toBeLessThan(1.1 * 1024 * 1024);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('more than 1 MiB in all, which a query cannot return', async () => {
    await expect(api.client.query('select * from long_list')).rejects.toMatchObject({ code: 'result-too-large' });
    let bytes = 0;
    for await (const row of api.client.stream<{ body: string }>('select body from long_list')) bytes += row.body.length;
    expect(bytes).toBe(201 * 20_000 + (total - 201) * 20);
  });

  test('takes parameters, settings, arrays as rows and a schema', async () => {
    const rows: unknown[] = [];
    const statement = "select id, current_setting('app.tenant') from long_list where id > :from and id <= :to order by 1";
    for await (const row of api.client.stream(statement, { from: 5, to: 8 }, { pageSize: 2, rowMode: 'array', settings: { 'app.tenant': 'x' } })) rows.push(row);
    expect(rows).toEqual([[6, 'x'], [7, 'x'], [8, 'x']]);

    const schema = z.object({ id: z.number().transform((id) => id * 10) });
    const ids: number[] = [];
    for await (const row of api.client.stream('select id from long_list where id <= 3 order by 1', {}, { schema })) ids.push(row.id);
    expect(ids).toEqual([10, 20, 30]);
  });

  test('leaving the loop early ends the transaction', async () => {
    for await (const row of api.client.stream<{ id: number }>('select id from long_list order by id', {}, { pageSize: 10 })) if (row.id === 15) break;
    expect(api.server.stats().transactions).toBe(0);
  });

  test('reads inside a transaction, more than one at a time, and leaves it open', async () => {
    const result = await api.client.transaction(async (tx) => {
      await tx.execute('delete from long_list where id > 2990');
      const first = tx.stream<{ id: number }>('select id from long_list order by id desc', {}, { pageSize: 1 });
      const second = tx.stream<{ id: number }>('select id from long_list order by id', {}, { pageSize: 1 });
      const ids = [await first.next(), await second.next(), await first.next()].map(({ value }) => (value as { id: number }).id);
      await first.return();
      await second.return();
      return [ids, await tx.one('select 1::int4 as still')];
    });
    expect(result).toEqual([[2990, 1, 2989], { still: 1 }]);
  });

  test('a row over the limit by itself is an error, after the rows before it', async () => {
    const ids: number[] = [];
    const read = async (): Promise<void> => {
      for await (const row of api.client.stream<{ id: number }>("select g::int4 as id, case g when 7 then repeat('x', 2000000) end as body from generate_series(1, 9) g", {}, { pageSize: 4 })) ids.push(row.id);
    };
    await expect(read()).rejects.toMatchObject({ code: 'result-too-large' });
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('the signal ends it', async () => {
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const row of api.client.stream<{ id: number }>('select id from long_list order by id', {}, { pageSize: 5, signal: controller.signal })) if (row.id === 3) controller.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
    expect(api.server.stats().transactions).toBe(0);
  });

  test('an error of the statement is thrown at the first row', async () => {
    await expect(api.client.stream('select * from nowhere').next()).rejects.toMatchObject({ sqlState: '42P01' });
    expect(api.server.stats().transactions).toBe(0);
  });
});
