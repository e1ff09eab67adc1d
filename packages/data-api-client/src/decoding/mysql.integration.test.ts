import { beforeAll, describe, expect, test } from 'vitest';
import type { ParameterValue } from '../parameters/parameter-value.js';
import { typed } from '../parameters/typed.js';
import { hasMysql, useMysqlDataApi } from '../testing/mysql-data-api.js';
import type { DecodingOptions } from './decoding-options.js';

const api = useMysqlDataApi();

describe.skipIf(!hasMysql)('values on MySQL', () => {
  const stored: readonly [column: string, value: ParameterValue, expected: unknown][] = [
    ['bigint unsigned', 18_446_744_073_709_551_615n, 18_446_744_073_709_551_615n],
    ['bigint', -9_223_372_036_854_775_808n, -9_223_372_036_854_775_808n],
    ['int unsigned', 4_294_967_295, 4_294_967_295],
    ['mediumint', -8_388_608, -8_388_608],
    ['smallint unsigned', 65_535, 65_535],
    ['tinyint', -128, -128],
    ['tinyint(1)', true, true],
    ['boolean', false, false],
    ['bit(1)', true, true],
    ['bit(12)', Buffer.from([0x0f, 0xff]), Buffer.from([0x0f, 0xff])],
    ['decimal(65,30)', typed.decimal('12345678901234567890123456789012345.123456789012345678901234567891'), '12345678901234567890123456789012345.123456789012345678901234567891'],
    ['float', 1.5, 1.5],
    ['double', -1.797_693_134_862_315_7e308, -1.797_693_134_862_315_7e308],
    ['double', 5e-324, 5e-324],
    ['varchar(40)', "o'neill \\ \" ` :x ?", "o'neill \\ \" ` :x ?"],
    ['varchar(40)', '\0 and 😀', '\0 and 😀'],
    ['char(4)', 'ab', 'ab'],
    ['text', '', ''],
    ['binary(3)', Buffer.from([0, 1, 255]), Buffer.from([0, 1, 255])],
    ['varbinary(9)', Buffer.alloc(0), Buffer.alloc(0)],
    ['longblob', Buffer.from([0, 39, 92]), Buffer.from([0, 39, 92])],
    ['date', '9999-12-31', '9999-12-31'],
    ['time(6)', '-838:59:58.000001', '-838:59:58.000001'],
    ['time', '25:00:00', '25:00:00'],
    ['datetime(6)', '1000-01-01 00:00:00.000001', '1000-01-01T00:00:00.000001'],
    ['timestamp(6)', new Date('2024-02-29T12:30:00.123Z'), '2024-02-29T12:30:00.123Z'],
    ['json', { a: [1, null, 'ü"\\'] }, { a: [1, null, 'ü"\\'] }],
    ['json', null, null],
    ['year', 2024, 2024],
    ['int unsigned zerofill', 7, 7],
    ['decimal(6,2) zerofill', typed.decimal('1.5'), '1.50'],
    ["enum('glad','sad')", 'sad', 'sad'],
    ["set('a','b','c')", 'a,c', 'a,c'],
  ];

  test.each(stored.map(([type, value, expected], index) => ({ type, value, expected, table: `t${index}` })))('$table: $type is stored and read without loss', async ({ type, value, expected, table }) => {
    await api.client.execute(`create table ${table} (id int auto_increment primary key, v ${type})`);
    expect(await api.client.execute(`insert into ${table} (v) values (:value)`, { value })).toEqual({ rowCount: 1, generatedValues: [1] });
    expect(await api.client.one(`select v from ${table}`)).toEqual({ v: expected });
  });

  test.each<[string, ParameterValue, unknown]>([
    ['select concat(:v) as v', typed.as('unsigned', 5n), '5'],
    ['select concat(4-:v) as v', -5, '9'],
    ['select cast(:v as char) as v', typed.as('binary', Buffer.from('ab')), 'ab'],
    ['select :v as v', Number.MIN_VALUE, Number.MIN_VALUE],
    ['select json_type(:v) as v', { a: 1 }, 'OBJECT'],
    ['select :v as v', typed.uuid('0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'), '0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'],
    ["select 'it\\'s :x' # :y 'z\n as v, :v as w", 'w', "it's :x"],
    ['select v from (select concat(:v) as v) a order by v limit :v', 1, '1'],
  ])('%s', async (statement, v, expected) => {
    expect(await api.client.one(statement, { v })).toMatchObject({ v: expected });
  });

  test.each<[string, DecodingOptions, unknown]>([
    ["select cast('2024-02-29 01:02:03.5' as datetime(6)) as v", { timestamps: 'date' }, new Date('2024-02-29T01:02:03.5Z')],
    ["select cast('2024-02-29' as date) as v", { dates: 'date' }, new Date('2024-02-29T00:00:00Z')],
    ['select 1.50 as v', { numeric: 'number' }, 1.5],
    ['select 9223372036854775807 as v', { int8: 'string' }, '9223372036854775807'],
    ['select cast(2024 as unsigned) as v', { int8: 'number' }, 2024],
  ])('%s decoded as asked', async (statement, decoding, expected) => {
    expect(await api.client.one(statement, {}, { decoding })).toEqual({ v: expected });
  });

  test('two columns of one name, no rows, and a row of NULLs', async () => {
    expect(await api.client.one("select 'x' as a, 'y' as a")).toEqual({ a: 'x', a_2: 'y' });
    expect((await api.client.query('select 1 as a from dual where 1 = 0')).rows).toEqual([]);
    expect(await api.client.one('select null as a')).toEqual({ a: null });
  });

  test('types that the service does not return are read by a cast', async () => {
    await api.client.execute('create table odd (g geometry)');
    await api.client.execute("insert into odd values (st_geomfromtext('POINT(1 2)'))");
    await expect(api.client.query('select g from odd')).rejects.toMatchObject({ code: 'unsupported-result', executed: 'yes' });
    expect(await api.client.one('select st_astext(g) as g from odd')).toEqual({ g: 'POINT(1 2)' });
  });

  test('the year of a date is a number, whether the server calls it YEAR or an integer', async () => {
    expect((await api.client.one<{ y: unknown }>("select year('2024-02-29') as y")).y).toBe(2024);
  });

  describe('batches', () => {
    beforeAll(() => api.client.execute('create table note (id int auto_increment primary key, n int unique, t text)'));

    test('take effect in whole or not at all', async () => {
      const sets = Array.from({ length: 2_500 }, (_, n) => ({ n, t: `note ${n}` }));
      expect(await api.client.batch('insert into note (n, t) values (:n, :t)', sets)).toMatchObject({ rowCount: null, requests: 3, rows: [] });
      await expect(api.client.batch('insert into note (n, t) values (:n, :t)', [{ n: -1, t: '' }, { n: 5, t: '' }])).rejects.toMatchObject({ errorNumber: 1062 });
      expect(await api.client.one('select count(*) as n, min(n) as least from note')).toEqual({ n: 2_500n, least: 0 });
    });

    test('rows found are counted, not only those that changed', async () => {
      expect(await api.client.execute('update note set t = t where n < 10')).toMatchObject({ rowCount: 10 });
    });
  });
});
