import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataApiFixture, parameter, startFixture } from '../../../test-support/data-api-fixture.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.execute("create type mood as enum ('sad', 'glad')");
  await fixture.execute('create table typed (id uuid, day date, at timestamptz, amount numeric(10, 4), small smallint, doc jsonb, mood mood, raw bytea)');
});
afterAll(() => fixture.stop());

const uuid = '8c3f7f3a-2f5d-4c2e-9a39-3f1bb2c7e0a1';
const typeOf = (expression: string) => `select pg_typeof(${expression})::text`;

describe('a parameter', () => {
  test.each([
    [{ stringValue: 'a' }, undefined, 'text'],
    [{ longValue: 1 }, undefined, 'bigint'],
    [{ doubleValue: 1 }, undefined, 'double precision'],
    [{ booleanValue: true }, undefined, 'boolean'],
    [{ blobValue: new Uint8Array([1]) }, undefined, 'bytea'],
    [{ stringValue: uuid }, 'UUID' as const, 'uuid'],
    [{ stringValue: '2024-01-02' }, 'DATE' as const, 'date'],
    [{ stringValue: '10:00' }, 'TIME' as const, 'time without time zone'],
    [{ stringValue: '2024-01-02 10:00:00' }, 'TIMESTAMP' as const, 'timestamp without time zone'],
    [{ stringValue: '1.50' }, 'DECIMAL' as const, 'numeric'],
    [{ stringValue: '{}' }, 'JSON' as const, 'json'],
  ])('%j with hint %s has the type %s', async (value, hint, type) => {
    expect(await fixture.row(typeOf(':x'), { parameters: [parameter('x', value, hint)] })).toEqual([{ stringValue: type }]);
  });

  test('that is text is not compared with other types', async () => {
    await expect(fixture.execute('select 1 from typed where id = :id', { parameters: [parameter('id', { stringValue: uuid })] })).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message:
        'ERROR: operator does not exist: uuid = text; Hint: No operator matches the given name and argument types. You might need to add explicit type casts.; Position: 30; SQLState: 42883',
    });
    await expect(fixture.execute('insert into typed (mood) values (:mood)', { parameters: [parameter('mood', { stringValue: 'sad' })] })).rejects.toMatchObject({
      message: expect.stringMatching(/^ERROR: column "mood" is of type mood but expression is of type text; Hint: .*; SQLState: 42804$/),
    });
  });

  test('reaches other types by hint, cast and assignment', async () => {
    const parameters = [
      parameter('id', { stringValue: uuid }, 'UUID'),
      parameter('day', { stringValue: '2024-02-29' }, 'DATE'),
      parameter('at', { stringValue: '2024-02-29 12:00:00.5' }, 'TIMESTAMP'),
      parameter('amount', { doubleValue: 12.5 }),
      parameter('small', { longValue: 7 }),
      parameter('doc', { stringValue: '{"a":1}' }, 'JSON'),
      parameter('mood', { stringValue: 'glad' }),
      parameter('raw', { blobValue: new Uint8Array([0, 255]) }),
    ];
    await fixture.execute('insert into typed values (:id, :day, :at, :amount, :small, :doc, :mood::mood, :raw)', { parameters });
    expect(await fixture.row('select * from typed where id = :id::uuid', { parameters: [parameter('id', { stringValue: uuid })] })).toEqual([
      { stringValue: uuid },
      { stringValue: '2024-02-29' },
      { stringValue: '2024-02-29 12:00:00.500' },
      { stringValue: '12.5000' },
      { longValue: 7 },
      { stringValue: '{"a": 1}' },
      { stringValue: 'glad' },
      { blobValue: new Uint8Array([0, 255]) },
    ]);
  });

  test('that is null takes the type of its place', async () => {
    await fixture.execute('create table nothing (id uuid, n int)');
    await fixture.execute('insert into nothing values (:id, :n)', { parameters: [parameter('id', { isNull: true }), parameter('n', { isNull: true })] });
    expect(await fixture.row('select id, n from nothing')).toEqual([{ isNull: true }, { isNull: true }]);
  });

  test('keeps the last digit of a 64-bit integer', async () => {
    const longValue = 9223372036854775807n as unknown as number;
    expect(await fixture.row('select :n::text', { parameters: [parameter('n', { longValue })] })).toEqual([{ stringValue: '9223372036854775807' }]);
  });

  test('may be named by digits and used more than once', async () => {
    expect(await fixture.row('select (:0 + :1 + :0)::int', { parameters: [parameter('0', { longValue: 1 }), parameter('1', { longValue: 2 })] })).toEqual([{ longValue: 4 }]);
  });

  test('used twice is two placeholders, so PostgreSQL can not see that they are equal', async () => {
    const sql = "select date_trunc(:unit, d), count(*) from (values ('2024-01-01'::timestamp)) as t (d) group by date_trunc(:unit, d)";
    await expect(fixture.execute(sql, { parameters: [parameter('unit', { stringValue: 'day' })] })).rejects.toMatchObject({ message: expect.stringMatching(/SQLState: 42803$/) });
  });

  test('with a zero character is refused by PostgreSQL', async () => {
    await expect(fixture.execute('select :t', { parameters: [parameter('t', { stringValue: 'a\0b' })] })).rejects.toMatchObject({ message: 'ERROR: invalid byte sequence for encoding "UTF8": 0x00; SQLState: 22021' });
    expect(await fixture.row('select 1')).toEqual([{ longValue: 1 }]);
  });

  test('in an array is refused', async () => {
    await expect(fixture.execute('select :a', { parameters: [parameter('a', { arrayValue: { longValues: [1] } })] })).rejects.toMatchObject({ name: 'ValidationException', message: 'Array parameters are not supported' });
  });
});

describe('the statement text', () => {
  test.each([
    ['select $1', '08P01'],
    ['select :missing', '08P01'],
    ['select (array[1,2,3])[1:2]', '42601'],
  ])('%s fails with %s', async (sql, state) => {
    await expect(fixture.execute(sql)).rejects.toMatchObject({ name: 'DatabaseErrorException', message: expect.stringContaining(`SQLState: ${state}`) });
  });

  test('is corrupted in a dollar quote, without an error', async () => {
    expect(await fixture.row('select $$a :b c$$')).toEqual([{ stringValue: 'a $1 c' }]);
  });

  test('keeps literals, quoted identifiers, comments and casts', async () => {
    expect(await fixture.row(`select ':a', "col:b", '{"k":1}'::jsonb /* :c */ from (select 1 as "col:b") as t -- :d`)).toEqual([{ stringValue: ':a' }, { longValue: 1 }, { stringValue: '{"k": 1}' }]);
  });

  test.each(['select 1; select 2', 'begin; commit', 'create table two (n int); select 1;'])('%s is refused as a multistatement', async (sql) => {
    await expect(fixture.execute(sql)).rejects.toMatchObject({ name: 'ValidationException', message: "Multistatements aren't supported", $metadata: { httpStatusCode: 400 } });
  });

  test.each(['select 1;', "select ';'::text is not null;  -- end;"])('%s is one statement', async (sql) => {
    expect((await fixture.execute(sql)).records).toHaveLength(1);
  });

  test('may hold statements of its own in a function body', async () => {
    await fixture.execute('create function twice() returns int language sql begin atomic select 1; select 2; end');
    expect(await fixture.row('select twice()')).toEqual([{ longValue: 2 }]);
  });

  test('may be empty', async () => {
    expect(await fixture.execute(' -- nothing')).toMatchObject({ numberOfRecordsUpdated: 0, generatedFields: [] });
  });

  test.each(['copy (select 1) to stdout', 'copy typed to stdout', 'copy typed from stdin'])('%s has no way over this API', async (sql) => {
    await expect(fixture.execute(sql)).rejects.toMatchObject({ name: 'DatabaseErrorException', message: expect.stringMatching(/^execute: unexpected message: Copy(In|Out)Response$/) });
    expect(await fixture.row('select 1')).toEqual([{ longValue: 1 }]);
  });
});

describe('an SQL error', () => {
  test.each([
    ['selekt 1', 'ERROR: syntax error at or near "selekt"; Position: 1; SQLState: 42601'],
    ['select 1 / 0', 'ERROR: division by zero; SQLState: 22012'],
    ['insert into keyed values (1)', 'ERROR: duplicate key value violates unique constraint "keyed_pkey"; SQLState: 23505'],
    ['insert into keyed values (null)', 'ERROR: null value in column "n" of relation "keyed" violates not-null constraint; SQLState: 23502'],
    ["do 'begin raise exception ''mine'' using errcode = ''P7777'', detail = ''d'', hint = ''h''; end'", 'ERROR: mine; Hint: h; SQLState: P7777'],
  ])('%s reads %s', async (sql, message) => {
    await fixture.execute('create table if not exists keyed (n int primary key)');
    await fixture.execute('insert into keyed values (1) on conflict do nothing');
    await expect(fixture.execute(sql)).rejects.toMatchObject({ name: 'DatabaseErrorException', message });
  });
});
