import { beforeAll, describe, expect, test } from 'vitest';
import type { CallEvent } from '../observation/data-api-hooks.js';
import { typed } from '../parameters/typed.js';
import { useLocalDataApi } from '../testing/local-data-api.js';

const api = useLocalDataApi();

beforeAll(() => api.client.execute('create table items (id int4 primary key, name text, price numeric, made timestamptz)'));

const count = async (): Promise<number> => (await api.client.one<{ n: number }>('select count(*)::int4 as n from items')).n;
const operations = (): { events: string[]; client: typeof api.client } => {
  const events: string[] = [];
  const onStart = ({ operation }: CallEvent): void => void events.push(operation);
  return { events, client: api.connect({ hooks: { onStart } }) };
};

describe('without returning', () => {
  test('is sent in chunks, in one transaction', async () => {
    const { events, client } = operations();
    const sets = Array.from({ length: 25 }, (_, id) => ({ id, name: id % 2 === 0 ? null : `n${id}`, price: typed.decimal('1.10'), made: new Date(0) }));
    expect(await client.batch('insert into items values (:id, :name, :price, :made)', sets, { chunkSize: 10 })).toEqual({ rows: [], columns: [], rowCount: null, generatedValues: [], requests: 3 });
    expect(events).toEqual(['begin', 'batch', 'batch', 'batch', 'commit']);
    expect(await api.client.one('select count(*)::int4 as n, count(name)::int4 as named, sum(price) as price from items')).toEqual({ n: 25, named: 12, price: '27.50' });
  });

  test('takes effect as a whole or not at all', async () => {
    const before = await count();
    await expect(api.client.batch('insert into items (id) values (:id)', [{ id: 100 }, { id: 101 }, { id: 100 }], { chunkSize: 1 })).rejects.toMatchObject({ sqlState: '23505' });
    expect(await count()).toBe(before);
  });

  test('large sets are divided by the size of a request', async () => {
    const sets = Array.from({ length: 5 }, (_, index) => ({ id: 200 + index, name: 'x'.repeat(1_000_000) }));
    expect(await api.client.batch('insert into items (id, name) values (:id, :name)', sets)).toMatchObject({ requests: 2 });
    await api.client.execute('delete from items where id >= 200');
  });

  test('no sets, no request', async () => {
    const { events, client } = operations();
    expect(await client.batch('insert into items (id) values (:id)', [])).toMatchObject({ requests: 0 });
    expect(events).toEqual([]);
  });
});

describe('with returning', () => {
  test('an insert of values becomes one insert of many rows', async () => {
    const sets = Array.from({ length: 7 }, (_, index) => ({ id: 300 + index, name: index === 3 ? null : `o'${index}` }));
    const result = await api.client.batch<{ id: number; upper: string | null }>(
      "insert into items (id, name) values (:id, coalesce(:name, ':id (')) returning id, upper(name) as upper",
      sets,
      { chunkSize: 5 },
    );
    expect(result).toMatchObject({ requests: 2, rowCount: 7 });
    expect(result.rows[0]).toEqual({ id: 300, upper: "O'0" });
    expect(result.rows[3]).toEqual({ id: 303, upper: ':ID (' });
    expect(result.rows.map(({ id }) => id)).toEqual(sets.map(({ id }) => id));
  });

  test.each([
    ['update items set name = :name where id = :id returning id', 3],
    ['insert into items (id, name) values (:id, :name) on conflict (id) do update set name = excluded.name returning id', 3],
    ['insert into items (id, name) select :id + 1000, :name returning id', 3],
    ['insert into items (id, name) values (:id + (select 2000), :name) returning id', 3],
    ['insert into items (id, name) values (:id + 3000, :name) returning id, (select count(*) from items)', 3],
  ])('%s runs set by set', async (statement, requests) => {
    const sets = [300, 301, 300].map((id, index) => ({ id: /[123]000/u.test(statement) ? id + index * 10 : id, name: `n${index}` }));
    const result = await api.client.batch(statement, sets);
    expect([result.requests, result.rowCount]).toEqual([requests, 3]);
  });

  test('a query in the values sees the rows of the sets before', async () => {
    await api.client.execute('create table numbered (n int8)');
    expect((await api.client.batch('insert into numbered values ((select count(*) from numbered)) returning n', [{}, {}, {}])).rows).toEqual([{ n: 0n }, { n: 1n }, { n: 2n }]);
  });

  test('inside a transaction it is part of that', async () => {
    const before = await count();
    await expect(api.client.transaction(async (tx) => {
      await tx.batch('insert into items (id) values (:id) returning id', [{ id: 900 }, { id: 901 }]);
      throw new Error('undo');
    })).rejects.toThrow('undo');
    expect(await count()).toBe(before);
  });
});
