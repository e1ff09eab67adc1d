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

  test('inside a transaction whatever fails of it undoes all of it, and the transaction goes on', async () => {
    const before = await count();
    await api.client.transaction(async (tx) => {
      await expect(tx.batch('insert into items (id) values (:id)', [{ id: 900 }, { id: 901 }, { id: 900 }], { chunkSize: 2 })).rejects.toMatchObject({ sqlState: '23505' });
      const spans = "insert into items (id) values (:id) returning id, case id when 901 then interval '1 day' end as span";
      await expect(tx.batch(spans, [{ id: 900 }, { id: 901 }], { chunkSize: 1 })).rejects.toMatchObject({ code: 'unsupported-result', executed: 'no' });
      await tx.execute('insert into items (id) values (902)');
    });
    expect(await count()).toBe(before + 1);
    await api.client.execute('delete from items where id = 902');
  });
});

describe('with an answer over 1 MiB', () => {
  /** 60 KB each: seventeen fit into one answer. */
  const heavy = "insert into items (id, name) values (:id, repeat('x', 60000 * :weight)) returning id, name";
  const sets = (from: number, weights: readonly number[]) => weights.map((weight, index) => ({ id: from + index, weight: typed.int4(weight) }));
  const ids = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

  test('fewer rows are inserted at a time, each once and in order', async () => {
    const { events, client } = operations();
    const { rows, rowCount, requests } = await client.batch<{ id: number }>(heavy, sets(5_000, Array.from({ length: 40 }, () => 1)));
    expect(ids(rows)).toEqual(Array.from({ length: 40 }, (_, index) => 5_000 + index));
    expect([rowCount, requests]).toEqual([40, 6]);
    expect(events.filter((event) => event === 'commit')).toHaveLength(1);
    expect(await api.client.one('select count(*)::int4 as n from items where id >= 5000')).toEqual({ n: 40 });
    await api.client.execute('delete from items where id >= 5000');
  });

  test('in a transaction too, which goes on', async () => {
    const answer = await api.client.transaction(async (tx) => {
      await tx.execute("insert into items (id, name) values (4999, 'before')");
      const { rows } = await tx.batch<{ id: number }>(heavy, sets(5_000, Array.from({ length: 20 }, () => 1)));
      await tx.execute("insert into items (id, name) values (6000, 'after')");
      return ids(rows);
    });
    expect(answer).toHaveLength(20);
    expect(await api.client.one('select count(*)::int4 as n from items where id >= 4999')).toEqual({ n: 22 });
    await api.client.execute('delete from items where id >= 4999');
  });

  test.each([
    ['of one row of an insert', heavy],
    ['of a statement that runs set by set', "update items set name = repeat('x', 60000 * :weight) where id = :id returning id, name"],
  ])('%s nothing has taken effect, and the error says so', async (_name, statement) => {
    await api.client.execute("insert into items (id, name) values (300002, 'x'), (300003, 'x')");
    const before = await count();
    const tooLarge = sets(statement === heavy ? 5_000 : 300_002, [1, 20, 1]);
    await expect(api.client.batch(statement, tooLarge)).rejects.toMatchObject({ code: 'result-too-large', executed: 'no', message: expect.stringContaining('set 2 of 3') });
    const inside = await api.client.transaction(async (tx) => {
      const error: unknown = await tx.batch(statement, tooLarge).catch((reason: unknown) => reason);
      await tx.execute("insert into items (id, name) values (6000, 'after')");
      return error;
    });
    expect(inside).toMatchObject({ code: 'result-too-large', executed: 'no' });
    expect(await count()).toBe(before + 1);
    expect(await api.client.one('select max(length(name)) as longest from items')).toEqual({ longest: 5 });
    await api.client.execute('delete from items where id in (6000, 300002, 300003)');
  });

  test('one set alone has taken effect, as no transaction undoes it', async () => {
    await expect(api.client.batch(heavy, sets(5_000, [20]))).rejects.toMatchObject({ code: 'result-too-large', executed: 'yes' });
    expect(await api.client.one('select count(*)::int4 as n from items where id >= 5000')).toEqual({ n: 1 });
    await api.client.execute('delete from items where id >= 5000');
  });
});
