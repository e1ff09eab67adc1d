import { beforeAll, describe, expect, test } from 'vitest';
import { hasMysql, useMysqlDataApi } from '../testing/mysql-data-api.js';

const api = useMysqlDataApi();

describe.skipIf(!hasMysql)('a stream on MySQL', () => {
  const rows = 3_000;
  beforeAll(async () => {
    await api.client.execute('create table big (id bigint unsigned primary key, grp int not null, part decimal(20,4) not null, at datetime(6) not null, tag varbinary(4) not null, pad mediumtext, unique (grp, part), unique (at), unique (tag))');
    const sets = Array.from({ length: rows }, (_, index) => ({
      id: 18_446_744_073_709_551_615n - BigInt(rows - index), grp: index % 7, part: `${Math.floor(index / 7)}.0001`,
      at: `2024-01-01 00:00:00.${String(index).padStart(6, '0')}`, tag: Buffer.from([index >> 8, index & 255]), pad: 'x'.repeat(index === 1_000 ? 600_000 : 700),
    }));
    await api.client.batch('insert into big values (:id, :grp, :part, :at, :tag, :pad)', sets, { chunkSize: 500 });
  });

  test.each<[string, readonly string[]]>([
    ['a bigint unsigned above 2^63', ['id']],
    ['two columns', ['grp', 'part']],
    ['microseconds', ['at']],
    ['bytes', ['tag']],
  ])('reads more than 1 MiB by %s, each row once, in the order of the key', async (_, key) => {
    const seen: bigint[] = [];
    for await (const { id } of api.client.stream<{ id: bigint }>('select id, grp, part, at, tag, pad from big where grp >= :least;', { least: 0 }, { key })) seen.push(id);
    const { rows: expected } = await api.client.query<{ id: bigint }>(`select id from big order by ${key.join(', ')}`);
    expect(seen).toEqual(expected.map(({ id }) => id));
  });

  test('halves a page over the limit', async () => {
    const sizes: number[] = [];
    const client = api.connect({ hooks: { onStart: ({ sql }) => void sizes.push(Number(/limit (\d+)$/u.exec(sql)?.[1] ?? 0)) } });
    let count = 0;
    for await (const row of client.stream('select id, pad from big -- all', {}, { key: ['id'], pageSize: 4_000 })) count += row === undefined ? 0 : 1;
    expect(count).toBe(rows);
    expect(sizes.filter((size) => size > 0).slice(0, 3)).toEqual([4_000, 2_000, 1_000]);
  });

  test('reads one snapshot while others write', async () => {
    const seen = new Set<number>();
    for await (const { grp } of api.client.stream<{ grp: number }>('select id, grp from big', {}, { key: ['id'], pageSize: 50, maxPageSize: 50 })) {
      if (seen.size === 0) await api.client.execute('update big set grp = grp + 100 where grp = 3');
      seen.add(grp);
    }
    await api.client.execute('update big set grp = 3 where grp = 103');
    expect([...seen].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('leaving the loop, a signal and an error end the transaction', async () => {
    for await (const row of api.client.stream('select id from big', {}, { key: ['id'] })) if (row) break;
    const controller = new AbortController();
    await expect((async () => {
      for await (const row of api.client.stream('select id from big', {}, { key: ['id'], pageSize: 10, maxPageSize: 10, signal: controller.signal })) if (row) controller.abort();
    })()).rejects.toMatchObject({ code: 'aborted' });
    await expect(api.client.stream('select nothing from big', {}, { key: ['id'] }).next()).rejects.toMatchObject({ errorNumber: 1054 });
    await expect.poll(() => api.server.stats().transactions).toBe(0);
  });

  test.each<[string, string, readonly string[] | undefined, string]>([
    ['no key', 'select id from big', undefined, 'needs a key'],
    ['a key that the result has not', 'select id from big', ['grp`x'], 'Unknown column'],
    ['a key that is not unique', 'select grp from big', ['grp'], 'is not unique'],
    ['a key that is NULL', 'select null as n', ['n'], 'holds NULL'],
  ])('%s is refused', async (_, statement, key, message) => {
    await expect(api.client.stream(statement, {}, key ? { key } : {}).next()).rejects.toThrow(message);
    await expect.poll(() => api.server.stats().transactions).toBe(0);
  });
});
