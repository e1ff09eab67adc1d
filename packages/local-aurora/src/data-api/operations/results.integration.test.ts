import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataApiFixture, startFixture } from '../../../test-support/data-api-fixture.js';

let fixture: DataApiFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.execute("create type mood as enum ('sad', 'glad')");
  await fixture.execute('create type pair as (a int, b int)');
  await fixture.execute('create domain positive as int check (value > 0)');
});
afterAll(() => fixture.stop());

const one = async (expression: string) => (await fixture.row(`select ${expression}`))[0];

describe('a value', () => {
  test.each([
    ['null', { isNull: true }],
    ['null::int[]', { isNull: true }],
    ['true', { booleanValue: true }],
    ['1::int2', { longValue: 1 }],
    ['(-2147483648)::int4', { longValue: -2147483648 }],
    ['123::int8', { longValue: 123 }],
    ['count(*)', { longValue: 1 }],
    ['2.25::float4', { doubleValue: 2.25 }],
    ['0.1::float8', { doubleValue: 0.1 }],
    ['1e300::float8', { doubleValue: 1e300 }],
    ["'NaN'::float8", { doubleValue: Number.NaN }],
    ["'-Infinity'::float8", { doubleValue: -Infinity }],
    ['1.50::numeric', { stringValue: '1.50' }],
    ['10::numeric', { stringValue: '10' }],
    ["'x'", { stringValue: 'x' }],
    ["'a'::char(3)", { stringValue: 'a  ' }],
    ["'x'::name", { stringValue: 'x' }],
    ["''::text", { stringValue: '' }],
    [`E'\\n"\\\\é🌍'`, { stringValue: '\n"\\é🌍' }],
    ["'8c3f7f3a-2f5d-4c2e-9a39-3f1bb2c7e0a1'::uuid", { stringValue: '8c3f7f3a-2f5d-4c2e-9a39-3f1bb2c7e0a1' }],
    [`'{"a":1}'::jsonb`, { stringValue: '{"a": 1}' }],
    [`'[1,2]'::json`, { stringValue: '[1,2]' }],
    ["'glad'::mood", { stringValue: 'glad' }],
    ['5::positive', { longValue: 5 }],
    ['16384::oid', { stringValue: '16384' }],
    ['pg_sleep(0)', { stringValue: '' }],
    ["'10.0.0.1'::inet", { stringValue: '10.0.0.1' }],
    ["'10.0.0.0/8'::cidr", { stringValue: '10.0.0.0/8' }],
    ["'[1,10)'::int4range", { stringValue: '[1,10)' }],
    ["'\\x00ff10'::bytea", { blobValue: new Uint8Array([0, 255, 16]) }],
    ["''::bytea", { blobValue: new Uint8Array([]) }],
    ["'2024-02-29'::date", { stringValue: '2024-02-29' }],
    ["'17:08:20.5'::time", { stringValue: '17:08:20.500' }],
    ["'2024-02-29 17:08:20.855153'::timestamp", { stringValue: '2024-02-29 17:08:20.855153' }],
    ["'2024-02-29 20:08:20-03'::timestamptz", { stringValue: '2024-02-29 23:08:20' }],
    ["'2024-02-29 20:08:20.25+00'::timestamptz", { stringValue: '2024-02-29 20:08:20.250' }],
    ["'{1,NULL,3}'::int8[]", { arrayValue: { longValues: [1, null, 3] } }],
    ["'{1.5}'::float8[]", { arrayValue: { doubleValues: [1.5] } }],
    ["'{1.50}'::numeric[]", { arrayValue: { stringValues: ['1.50'] } }],
    ["'{t,f}'::bool[]", { arrayValue: { booleanValues: [true, false] } }],
    [`'{a,"b c",NULL,"NULL","","d\\"e","f,g"}'::text[]`, { arrayValue: { stringValues: ['a', 'b c', null, 'NULL', '', 'd"e', 'f,g'] } }],
    ["'{glad,sad}'::mood[]", { arrayValue: { stringValues: ['glad', 'sad'] } }],
    ["array['2024-01-01 00:00:00.5+00'::timestamptz]", { arrayValue: { stringValues: ['2024-01-01 00:00:00.500'] } }],
    ["'{}'::int4[]", { arrayValue: { longValues: [] } }],
    ["'[0:1]={1,2}'::int4[]", { arrayValue: { longValues: [1, 2] } }],
  ])('%s is returned as %j', async (expression, field) => {
    expect(await one(expression)).toEqual(field);
  });

  test('with a time zone is returned in UTC, whatever the session has set', async () => {
    const { transactionId } = await begin();
    await fixture.execute("set local time zone 'America/Sao_Paulo'", { transactionId });
    const [recent, old] = await fixture.row("select '2026-09-17 17:08:20.8+00'::timestamptz, '0999-01-01 00:00:00+00'::timestamptz", { transactionId });
    expect([recent, old]).toEqual([{ stringValue: '2026-09-17 17:08:20.800' }, { stringValue: '0999-01-01 00:00:00' }]);
  });

  test.each([
    ["interval '1 day'", 'INTERVAL'],
    ["'17:08:20+02'::timetz", 'TIMETZ'],
    [`'a'::"char"`, '"CHAR"'],
    ["'pg_class'::regclass", 'regclass'],
    ["'int'::regtype", 'regtype'],
    ["'1 2'::int2vector", 'int2vector'],
    ["'<a/>'::xml", 'xml'],
    ["1::money", 'MONEY'],
    ["'(1,2)'::point", 'POINT'],
    ["'((0,0),1)'::circle", 'CIRCLE'],
    ["array[interval '1 day']", 'INTERVAL[]'],
    ["array['int'::regtype]", 'regtype[]'],
    ["array['\\x00'::bytea]", 'BYTEA[]'],
    ['row(1, 2)', 'RECORD'],
    ['row(1, 2)::pair', 'pair'],
    ["null::interval", 'INTERVAL'],
  ])('%s is refused as %s', async (expression, name) => {
    await expect(one(expression)).rejects.toMatchObject({ name: 'UnsupportedResultException', message: `The result contains the unsupported data type ${name}.`, $metadata: { httpStatusCode: 400 } });
  });

  test('of an unsupported type does no harm in a result without rows', async () => {
    const { columnMetadata, records } = await fixture.execute("select interval '1 day' as i where false", { includeResultMetadata: true });
    expect(records).toEqual([]);
    expect(columnMetadata).toMatchObject([{ label: 'i', typeName: 'interval' }]);
  });

  test('in more than one dimension is refused', async () => {
    await expect(one('array[array[1,2],array[3,4]]')).rejects.toMatchObject({ name: 'UnsupportedResultException', message: 'The result contains a multidimensional array' });
  });

  test.each(["'infinity'::timestamptz", "'-infinity'::date", "'infinity'::timestamp"])('%s is a bare internal failure', async (expression) => {
    await expect(one(expression)).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
  });
});

describe('resultSetOptions', () => {
  test('give 64-bit integers as text', async () => {
    const row = await fixture.row("select 9007199254740993, 1::int4, array[9007199254740993], 1.5", { resultSetOptions: { longReturnType: 'STRING' } });
    expect(row).toEqual([{ stringValue: '9007199254740993' }, { longValue: 1 }, { arrayValue: { stringValues: ['9007199254740993'] } }, { stringValue: '1.5' }]);
  });

  test('give decimals as numbers', async () => {
    const row = await fixture.row("select 1.50::numeric, 10::numeric, 'NaN'::numeric, array[1.5, 2], 99999999999999999999::numeric", { resultSetOptions: { decimalReturnType: 'DOUBLE_OR_LONG' } });
    expect(row).toEqual([{ doubleValue: 1.5 }, { longValue: 10 }, { doubleValue: Number.NaN }, { arrayValue: { doubleValues: [1.5, 2] } }, { doubleValue: 1e20 }]);
  });
});

describe('formatRecordsAs JSON', () => {
  const formatted = async (sql: string) => (await fixture.execute(sql, { formatRecordsAs: 'JSON' })).formattedRecords;

  test('gives one object a row, keyed by label', async () => {
    expect(await formatted(`select n as id, 'é"' as "quo\\ted" from generate_series(1, 2) n`)).toBe('[{"id":1,"quo\\\\ted":"é\\""},{"id":2,"quo\\\\ted":"é\\""}]');
  });

  test('writes each kind of value', async () => {
    const sql = `select 9223372036854775807 as l, 2.5::float8 as d, 'NaN'::float8 as nan, 1.50 as n, true as b, null as z, 'hello world'::bytea as r, array[1,null] as a, '2024-01-01 00:00:00.5+00'::timestamptz as t`;
    expect(await formatted(sql)).toBe('[{"l":9223372036854775807,"d":2.5,"nan":"NaN","n":"1.50","b":true,"z":null,"r":"aGVsbG8gd29ybGQ=","a":[1,null],"t":"2024-01-01 00:00:00.500"}]');
  });

  test('gives neither records nor metadata', async () => {
    const answer = await fixture.execute('select 1 as a', { formatRecordsAs: 'JSON', includeResultMetadata: true });
    expect(answer.records).toBeUndefined();
    expect(answer.columnMetadata).toBeUndefined();
  });

  test('gives an empty array for no rows, and nothing for a statement without a result', async () => {
    expect(await formatted('select 1 as a where false')).toBe('[]');
    expect(await fixture.execute('create table plain (n int)', { formatRecordsAs: 'JSON' })).toMatchObject({ numberOfRecordsUpdated: 0, generatedFields: [] });
  });

  test('refuses a label used twice', async () => {
    await expect(formatted('select 1 as a, 2 as a')).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});

describe('column metadata', () => {
  const metadata = async (sql: string) => (await fixture.execute(sql, { includeResultMetadata: true })).columnMetadata ?? [];

  test('describes the columns of a table', async () => {
    await fixture.execute('create table described (id serial primary key, big bigserial, tiny smallserial, gen int generated always as identity, name varchar(40) not null, price numeric(10,2), at timestamptz(3), tags text[], mood mood, moods mood[], ratio float8, ok bool)');
    const columns = await metadata('select * from described');
    expect(columns.map(({ typeName, type, precision, scale, nullable }) => [typeName, type, precision, scale, nullable])).toEqual([
      ['serial', 4, 10, 0, 0],
      ['bigserial', -5, 19, 0, 0],
      ['smallserial', 5, 5, 0, 0],
      ['serial', 4, 10, 0, 0],
      ['varchar', 12, 40, 0, 0],
      ['numeric', 2, 10, 2, 1],
      ['timestamptz', 93, 35, 3, 1],
      ['_text', 2003, 2147483647, 0, 1],
      ['mood', 12, 2147483647, 0, 1],
      ['_mood', 2003, 2147483647, 0, 1],
      ['float8', 8, 17, 17, 1],
      ['bool', -7, 1, 0, 1],
    ]);
    expect(columns[0]).toEqual({
      arrayBaseColumnType: 0,
      isAutoIncrement: true,
      isCaseSensitive: false,
      isCurrency: false,
      isSigned: true,
      label: 'id',
      name: 'id',
      nullable: 0,
      precision: 10,
      scale: 0,
      schemaName: '',
      tableName: 'described',
      type: 4,
      typeName: 'serial',
    });
    expect(columns[7]).toMatchObject({ isCaseSensitive: true, isSigned: false, arrayBaseColumnType: 12 });
  });

  test('describes expressions and aliases', async () => {
    await fixture.execute('create table aliased (id int)');
    expect(await metadata('select id as renamed, id + 1 as sum, count(*) over () from aliased')).toMatchObject([
      { name: 'renamed', label: 'renamed', tableName: 'aliased', nullable: 1, typeName: 'int4' },
      { name: 'sum', label: 'sum', tableName: '', nullable: 2, isAutoIncrement: false },
      { name: 'count', label: 'count', typeName: 'int8' },
    ]);
  });

  test('knows a table and a type that only its own transaction sees', async () => {
    const { transactionId } = await begin();
    await fixture.execute("create type fresh as enum ('a')", { transactionId });
    await fixture.execute('create table unseen (f fresh not null)', { transactionId });
    await fixture.execute("insert into unseen values ('a')", { transactionId });
    const answer = await fixture.execute('select f from unseen', { transactionId, includeResultMetadata: true });
    expect(answer.columnMetadata).toMatchObject([{ tableName: 'unseen', typeName: 'fresh', nullable: 0 }]);
    expect(answer.records).toEqual([[{ stringValue: 'a' }]]);
  });

  test('follows a type that is renamed', async () => {
    await fixture.execute("create type before as enum ('a')");
    expect(await metadata("select 'a'::before as c")).toMatchObject([{ typeName: 'before' }]);
    await fixture.execute('alter type before rename to after');
    expect(await metadata("select 'a'::after as c")).toMatchObject([{ typeName: 'after' }]);
  });

  test('is left out unless asked for', async () => {
    expect((await fixture.execute('select 1')).columnMetadata).toBeUndefined();
  });
});

describe('a statement', () => {
  test.each([
    ['create table counted (n int)', 0],
    ['insert into counted select generate_series(1, 3)', 3],
    ['update counted set n = n + 1 where n > 1', 2],
    ['delete from counted where n = 1', 1],
    ['merge into counted using (values (3), (9)) as v (n) on counted.n = v.n when matched then delete when not matched then insert values (v.n)', 2],
    ['truncate counted', 0],
  ])('%s reports %i records', async (sql, count) => {
    const answer = await fixture.execute(sql);
    expect(answer).toMatchObject({ numberOfRecordsUpdated: count, generatedFields: [] });
    expect(answer.records).toBeUndefined();
  });

  test('with RETURNING gives its rows and reports none updated', async () => {
    await fixture.execute('create table returned (id serial, n int)');
    expect(await fixture.execute('insert into returned (n) values (7), (8) returning id')).toMatchObject({ numberOfRecordsUpdated: 0, records: [[{ longValue: 1 }], [{ longValue: 2 }]] });
  });

  test('may be EXPLAIN, SHOW or VALUES', async () => {
    expect((await fixture.execute('explain select 1')).records).toEqual([[{ stringValue: expect.stringContaining('Result') }]]);
    expect((await fixture.execute('show timezone')).records).toEqual([[{ stringValue: 'UTC' }]]);
    expect((await fixture.execute('values (1), (2)')).records).toHaveLength(2);
  });
});

async function begin() {
  const { BeginTransactionCommand } = await import('@aws-sdk/client-rds-data');
  return fixture.client.send(new BeginTransactionCommand(fixture.target));
}
