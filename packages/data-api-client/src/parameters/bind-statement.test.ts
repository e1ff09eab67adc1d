import { runInNewContext } from 'node:vm';
import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { describe, expect, test } from 'vitest';
import { bindStatement } from './bind-statement.js';
import type { Parameters, ParameterValue } from './parameter-value.js';
import { typed } from './typed.js';
import { RangeValue } from './range-value.js';

const bind = (sql: string, parameters: Parameters): { sql: string; parameters: readonly SqlParameter[] } => {
  const bound = bindStatement(sql, [parameters], 'postgresql');
  return { sql: bound.sql, parameters: bound.parameterSets[0] ?? [] };
};

describe('values on Aurora PostgreSQL', () => {
  test.each<[string, ParameterValue, string, Omit<SqlParameter, 'name'>]>([
    ['null', null, ':x', { value: { isNull: true } }],
    ['a string', 'a', ':x', { value: { stringValue: 'a' } }],
    ['a boolean', true, ':x', { value: { booleanValue: true } }],
    ['a whole number', 5, ':x', { value: { longValue: 5 } }],
    ['a fraction', 1.5, ':x', { value: { doubleValue: 1.5 } }],
    ['NaN', Number.NaN, ':x::float8', { value: { stringValue: 'NaN' } }],
    ['negative zero', -0, ':x::float8', { value: { stringValue: '-0' } }],
    ['a bigint beyond 2^53', 9007199254740993n, ':x', { value: { longValue: 9007199254740993n as unknown as number } }],
    ['a bigint beyond 64 bits', 2n ** 64n, ':x', { value: { stringValue: '18446744073709551616' }, typeHint: 'DECIMAL' }],
    ['a Date', new Date('2024-02-29T12:30:00.123Z'), ':x::timestamptz', { value: { stringValue: '2024-02-29 12:30:00.123+00' } }],
    ['a Date before Christ', new Date('-000043-03-15T00:00:00Z'), ':x::timestamptz', { value: { stringValue: '0044-03-15 00:00:00.000+00 BC' } }],
    ['bytes', new Uint8Array([1, 2]), ':x', { value: { blobValue: new Uint8Array([1, 2]) } }],
    ['an array of numbers', [1, null, 3], ':x::int8[]', { value: { stringValue: '{"1",NULL,"3"}' } }],
    ['an array of strings', ['a"b', 'NULL', '\\', ''], ':x::text[]', { value: { stringValue: '{"a\\"b","NULL","\\\\",""}' } }],
    ['a nested array', [[1.5], [2]], ':x::float8[]', { value: { stringValue: '{{"1.5"},{"2"}}' } }],
    ['an object', { a: [1] }, ':x::jsonb', { value: { stringValue: '{"a":[1]}' } }],
    ['uuid', typed.uuid('0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'), ':x', { value: { stringValue: '0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11' }, typeHint: 'UUID' }],
    ['decimal', typed.decimal('12.50'), ':x', { value: { stringValue: '12.50' }, typeHint: 'DECIMAL' }],
    ['decimal NaN', typed.decimal('NaN'), ':x::numeric', { value: { stringValue: 'NaN' } }],
    ['date', typed.date('2024-02-29'), ':x', { value: { stringValue: '2024-02-29' }, typeHint: 'DATE' }],
    ['infinite date', typed.date('infinity'), ':x::date', { value: { stringValue: 'infinity' } }],
    ['timestamp with microseconds', typed.timestamp('2024-02-29 12:00:00.123456'), ':x::timestamp', { value: { stringValue: '2024-02-29 12:00:00.123456' } }],
    ['json', typed.json({ a: 1 }), ':x', { value: { stringValue: '{"a":1}' }, typeHint: 'JSON' }],
    ['json null is not NULL as a value in jsonb', typed.jsonb([null]), ':x::jsonb', { value: { stringValue: '[null]' } }],
    ['int4', typed.int4(7), ':x::int4', { value: { longValue: 7 } }],
    ['an enum', typed.enum('app."Mood"', 'glad'), ':x::app."Mood"', { value: { stringValue: 'glad' } }],
    ['an empty array of a type', typed.array('int4', []), ':x::int4[]', { value: { stringValue: '{}' } }],
    ['a range', typed.range('int4range', { lower: 1, upper: null }), ':x::int4range', { value: { stringValue: '["1",)' } }],
    ['the empty range', typed.range('int4range', 'empty'), ':x::int4range', { value: { stringValue: 'empty' } }],
    ['a range of dates', typed.range('daterange', { lower: new Date('2024-01-01'), upper: new Date('2024-02-01'), upperInclusive: true }), ':x::daterange', { value: { stringValue: '["2024-01-01","2024-02-01"]' } }],
    ['an array of ranges', typed.array('int4range', [new RangeValue({ lower: 1, upper: 2 })]), ':x::int4range[]', { value: { stringValue: '{"[\\"1\\",\\"2\\")"}' } }],
    ['a vector', typed.vector([1, 2.5]), ':x::vector', { value: { stringValue: '[1,2.5]' } }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }) as ParameterValue, ':x::jsonb', { value: { stringValue: '{"a":1}' } }],
    ['an object of another realm', runInNewContext('({ a: 1 })') as ParameterValue, ':x::jsonb', { value: { stringValue: '{"a":1}' } }],
    ['an object that knows its JSON form', new URL('https://a.example/') as unknown as ParameterValue, ':x::jsonb', { value: { stringValue: '"https://a.example/"' } }],
    ['typed elements', [typed.uuid('0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'), null], ':x::uuid[]', { value: { stringValue: '{"0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11",NULL}' } }],
    ['typed arrays in an array', [typed.array('int4', [1]), typed.array('int4', [2])], ':x::int4[]', { value: { stringValue: '{{"1"},{"2"}}' } }],
    ['a type with the name of something of Object.prototype', typed.as('constructor', '(1)'), ':x::constructor', { value: { stringValue: '(1)' } }],
    ['NULL as json', typed.jsonb(null), ':x::jsonb', { value: { isNull: true } }],
    ['bytes in an array', [new Uint8Array([255])], ':x::bytea[]', { value: { stringValue: '{"\\\\xff"}' } }],
  ])('%s', (_name, value, placeholder, parameter) => {
    expect(bind('select :x', { x: value })).toEqual({ sql: `select ${placeholder}`, parameters: [{ name: 'x', ...parameter }] });
  });

  const temporal = (kind: string, text: string, more: object = {}): ParameterValue => ({ [Symbol.toStringTag]: `Temporal.${kind}`, toString: () => text, ...more }) as ParameterValue;

  test.each<[string, ParameterValue, string, Omit<SqlParameter, 'name'>]>([
    ['Instant', temporal('Instant', '2024-02-29T12:00:00.123456Z'), ':x::timestamptz', { value: { stringValue: '2024-02-29T12:00:00.123456Z' } }],
    ['ZonedDateTime', temporal('ZonedDateTime', '2024-02-29T12:00:00+01:00[Europe/Berlin]', { toInstant: () => '2024-02-29T11:00:00Z' }), ':x::timestamptz', { value: { stringValue: '2024-02-29T11:00:00Z' } }],
    ['PlainDateTime', temporal('PlainDateTime', '2024-02-29T12:00:00'), ':x::timestamp', { value: { stringValue: '2024-02-29T12:00:00' } }],
    ['PlainDate', temporal('PlainDate', '2024-02-29'), ':x', { value: { stringValue: '2024-02-29' }, typeHint: 'DATE' }],
    ['PlainTime', temporal('PlainTime', '12:00:00.5'), ':x::time', { value: { stringValue: '12:00:00.5' } }],
    ['Duration', temporal('Duration', 'P1DT2H'), ':x::interval', { value: { stringValue: 'P1DT2H' } }],
    ['an array of them', [temporal('PlainDate', '2024-02-29')], ':x::date[]', { value: { stringValue: '{"2024-02-29"}' } }],
  ])('Temporal: %s', (_name, value, placeholder, parameter) => {
    expect(bind('select :x', { x: value })).toEqual({ sql: `select ${placeholder}`, parameters: [{ name: 'x', ...parameter }] });
  });

  test('Temporal.PlainYearMonth has no type in the database', () => {
    expect(() => bind('select :x', { x: temporal('PlainYearMonth', '2024-02') })).toThrow(/no type in the database/);
  });

  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /null for NULL/],
    ['a symbol', Symbol('a'), /symbol cannot be sent/],
    ['an empty array', [], /typed\.array/],
    ['a mixed array', [1, 'a'], /several types/],
    ['an invalid date', new Date(Number.NaN), /invalid Date/],
    ['NUL', 'a\0b', /NUL/],
    ['half a surrogate pair', '\ud800', /surrogate/],
    ['an int4 out of range', typed.int4(2 ** 31), /out of the range/],
    ['a fraction as int4', typed.int4(1.5), /whole number/],
    ['a uuid that is none', typed.uuid('x'), /not a uuid/],
    ['a type name with more in it', typed.as('int4); drop table a; --', 1), /not the name of a type/],
    ['a Map', new Map([[1, 2]]), /Map.* say typed\.jsonb/],
    ['a Set in an array', [new Set([1])], /Set.* say typed\.jsonb/],
    ['a promise', Promise.resolve(1), /await it/],
    ['an ArrayBuffer', new ArrayBuffer(1), /as a Uint8Array/],
    ['other bytes', new Uint16Array(1), /as a Uint8Array/],
    ['an object of a class', new (class Order { readonly id = 1; })(), /say typed\.jsonb/],
    ['an array of nulls only', [null], /typed\.array/],
    ['a bigint that would be rounded beside a fraction', [0.5, 2n ** 53n + 1n], /9007199254740993 has no exact double/],
    ['a bigint inside JSON', { a: 1n }, /no bigint/],
  ])('%s is refused', (_name, value, message) => {
    expect(() => bind('select :x', { x: value as ParameterValue })).toThrow(message);
  });
});

describe('names', () => {
  test('a placeholder without a value and a value without a placeholder are refused', () => {
    expect(() => bind('select :a', {})).toThrow(/No value was given for :a/);
    expect(() => bind('select :a', { a: 1, b: 2 })).toThrow(/no placeholder for :b/);
    expect(() => bind('select :größe', { größe: 1 })).toThrow(/letters a to z/);
    expect(() => bind('select :toString', {})).toThrow(/No value was given for :toString/);
  });

  test('a name used twice is sent once, and cast in both places', () => {
    expect(bind('select :d, :d', { d: typed.date('infinity') })).toEqual({ sql: 'select :d::date, :d::date', parameters: [{ name: 'd', value: { stringValue: 'infinity' } }] });
  });

  test.each([
    ['select 1 -- \ud800', {}, /surrogate/],
    ["select 'a\0'", {}, /NUL/],
    ['select 1', null, /in an object/],
    ['select 1', 'a', /in an object/],
  ])('%j with %j is refused', (statement, parameters, message) => {
    expect(() => bind(statement, parameters as unknown as Parameters)).toThrow(message);
  });

  test('ordinals become names', () => {
    expect(bind('select $2, $1, $1', ['a', 'b']).sql).toBe('select :p2, :p1, :p1');
    expect(bindStatement('select ?, ?', [[1, 2]], 'mysql').sql).toBe('select :p1, :p2');
  });
});

test.each([
  ["select $$it's :x$$", "select 'it''s :x'"],
  ['select $f$plain$f$', 'select $f$plain$f$'],
  ['select a[1:2]', 'select a[1: 2]'],
  ["select E'\\':x'", "select E''':x'"],
  ['select 1 /* /* :x */ */', 'select 1  '],
])('%s is sent so that the service sees no placeholder in it', (written, sent) => {
  expect(bind(written, {}).sql).toBe(sent);
});

test('sets of a batch agree on one cast', () => {
  const bound = bindStatement('insert into t values (:d)', [{ d: typed.timestamp('2024-01-01 00:00:00') }, { d: null }], 'postgresql');
  expect(bound.sql).toBe('insert into t values (:d::timestamp)');
  expect(() => bindStatement('select :d', [{ d: typed.timestamp('2024-01-01') }, { d: typed.interval('1 day') }], 'postgresql')).toThrow(/one type/);
});

describe('values on Aurora MySQL', () => {
  test.each<[string, ParameterValue, string, Omit<SqlParameter, 'name'>]>([
    ['a Date', new Date('2024-02-29T12:30:00.123Z'), ':x', { value: { stringValue: '2024-02-29 12:30:00.123' }, typeHint: 'TIMESTAMP' }],
    ['an object', { a: 1 }, ':x', { value: { stringValue: '{"a":1}' }, typeHint: 'JSON' }],
    ['NULL as json', typed.json(null), ':x', { value: { isNull: true } }],
    ['decimal', typed.decimal('1.10'), ':x', { value: { stringValue: '1.10' }, typeHint: 'DECIMAL' }],
    ['time', typed.time('12:00:00'), ':x', { value: { stringValue: '12:00:00' }, typeHint: 'TIME' }],
    ['another type', typed.as('char(3)', 'abc'), 'cast(:x as char(3))', { value: { stringValue: 'abc' } }],
    ['int4', typed.int4(1), ':x', { value: { longValue: 1 } }],
    ['bytes with a cast', typed.as('binary(2)', Buffer.from([1, 2])), 'cast(:x as binary(2))', { value: { blobValue: Buffer.from([1, 2]) } }],
    ['a bigint above 63 bits', 2n ** 64n - 1n, ':x', { value: { stringValue: '18446744073709551615' }, typeHint: 'DECIMAL' }],
    ['negative zero', -0, 'cast(:x as double)', { value: { stringValue: '-0' } }],
    ['NUL', '\0', ':x', { value: { stringValue: '\0' } }],
    ['NULL with a type', typed.uuid(null), ':x', { value: { isNull: true } }],
  ])('%s', (_name, value, placeholder, parameter) => {
    const bound = bindStatement('select :x', [{ x: value }], 'mysql');
    expect([bound.sql, bound.parameterSets]).toEqual([`select ${placeholder}`, [[{ name: 'x', ...parameter }]]]);
  });

  test('arrays, NaN and casts that MySQL has not are refused', () => {
    expect(() => bindStatement('select :x', [{ x: typed.interval('1 day') }], 'mysql')).toThrow(/cannot cast to interval/);
    expect(() => bindStatement('select :x', [{ x: typed.as('toString', 1) }], 'mysql')).toThrow(/cannot cast/);
    expect(() => bindStatement('select :x', [{ x: [1] }], 'mysql')).toThrow(/no arrays/);
    expect(() => bindStatement('select :x', [{ x: Number.NaN }], 'mysql')).toThrow(/no number NaN/);
  });
});
