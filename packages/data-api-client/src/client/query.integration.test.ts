import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DatabaseError } from '../errors/database-error.js';
import { DataApiError } from '../errors/data-api-error.js';
import { RowCountError } from '../errors/row-count-error.js';
import { RowValidationError } from '../errors/row-validation-error.js';
import { typed } from '../parameters/typed.js';
import { sql } from '../sql/sql.js';
import { useLocalDataApi } from '../testing/local-data-api.js';

const api = useLocalDataApi();

describe('query', () => {
  test('returns rows, columns and their number', async () => {
    const result = await api.client.query("select 1::int4 as id, 'a' as name union all select 2, null order by 1");
    expect(result.rows).toEqual([{ id: 1, name: 'a' }, { id: 2, name: null }]);
    expect(result.columns.map(({ name, typeName }) => [name, typeName])).toEqual([['id', 'int4'], ['name', 'text']]);
    expect(result.rowCount).toBe(2);
  });

  test('keeps columns of one name apart', async () => {
    const { rows, columns } = await api.client.query('select 1::int4 as id, 2::int4 as id, 3::int4 as id_2');
    expect(rows).toEqual([{ id: 1, id_3: 2, id_2: 3 }]);
    expect(columns.map(({ name }) => name)).toEqual(['id', 'id', 'id_2']);
    expect((await api.client.query('select 1::int4 as id, 2::int4 as id', {}, { rowMode: 'array' })).rows).toEqual([[1, 2]]);
  });

  test('a column named __proto__ is a property like any other', async () => {
    const [row] = (await api.client.query('select 1::int4 as "__proto__", 2::int4 as a')).rows;
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(Object.entries(row ?? {})).toEqual([['__proto__', 1], ['a', 2]]);
  });

  test('counts the rows that a statement changed', async () => {
    await api.client.execute('create table counted (id int4)');
    expect((await api.client.query('insert into counted values (1), (2)')).rowCount).toBe(2);
    expect(await api.client.execute('update counted set id = id + 1')).toEqual({ rowCount: 2, generatedValues: [] });
  });

  test('takes ordinals with a list', async () => {
    expect(await api.client.one("select $2::text || $1::text as joined", ['a', 'b'])).toEqual({ joined: 'ba' });
  });

  test('a failing statement says what the database says', async () => {
    const error = await api.client.query('select * from nowhere where a = :a', { a: 1 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(DataApiError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: 'database-error', sqlState: '42P01', position: 15, executed: 'no', retryable: false, httpStatus: 400 });
  });
});

describe('one and maybeOne', () => {
  test('insist on the number of rows', async () => {
    expect(await api.client.one('select 1::int4 as a')).toEqual({ a: 1 });
    expect(await api.client.maybeOne('select 1 where false')).toBeUndefined();
    await expect(api.client.one('select 1 where false')).rejects.toThrow(RowCountError);
    await expect(api.client.maybeOne('select generate_series(1, 2)')).rejects.toMatchObject({ code: 'row-count', executed: 'yes' });
  });
});

test('a failure of which the service says nothing comes with what is known to bring it about', async () => {
  await expect(api.client.query("select 'infinity'::date as due")).rejects.toMatchObject({ code: 'internal-server-error', message: expect.stringContaining('infinite') });
  expect(await api.client.one("select 'infinity'::date::text as due")).toEqual({ due: 'infinity' });
});

describe('the sql tag', () => {
  test('sends values as parameters, whatever they hold', async () => {
    const text = "'; drop table x; -- :a $1";
    expect((await api.client.sql`select ${text} as a, ${2n} as b, ${typed.int4(3)} as c`).rows).toEqual([{ a: text, b: 2n, c: 3 }]);
  });

  test('nests pieces, quotes names and joins lists', async () => {
    await api.client.execute('create table "odd ""name" ("a:b" int4)');
    const table = sql.identifier('odd "name');
    await api.client.execute(sql`insert into ${table} values (${typed.int4(1)}), (${typed.int4(2)}), (${typed.int4(3)})`);
    const filter = sql`${sql.identifier('a:b')} in (${sql.join([1, 3])})`;
    expect((await api.client.query(sql`select * from ${table} where ${filter} order by 1`)).rows).toEqual([{ 'a:b': 1 }, { 'a:b': 3 }]);
  });

  test('stands beside named parameters without meeting them', async () => {
    expect(await api.client.one(sql`select ${'x'}::text as a, :v1::text as b`, { v1: 'y' })).toEqual({ a: 'x', b: 'y' });
  });
});

describe('rows checked by a schema', () => {
  const statement = "select 1::int4 as id, 'ann' as name";

  test('zod, valibot and arktype', async () => {
    expect(await api.client.one(statement, {}, { schema: z.object({ id: z.number().transform((id) => `#${id}`), name: z.string() }) })).toEqual({ id: '#1', name: 'ann' });
    expect(await api.client.one(statement, {}, { schema: v.object({ id: v.number(), name: v.string() }) })).toEqual({ id: 1, name: 'ann' });
    expect((await api.client.query(statement, {}, { schema: type({ id: 'number', name: 'string' }) })).rows).toEqual([{ id: 1, name: 'ann' }]);
  });

  test('a schema may be asynchronous', async () => {
    const schema = z.object({ id: z.number() }).refine(async ({ id }) => Promise.resolve(id === 1));
    expect(await api.client.one(statement, {}, { schema })).toEqual({ id: 1 });
  });

  test('names the row and the path that fail', async () => {
    const error = await api.client.query('select generate_series(1, 3)::int4 as id', {}, { schema: z.object({ id: z.number().max(2) }) }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RowValidationError);
    expect(error).toMatchObject({ code: 'row-validation', rowIndex: 2, executed: 'yes', issues: [expect.objectContaining({ path: ['id'] })] });
  });
});
