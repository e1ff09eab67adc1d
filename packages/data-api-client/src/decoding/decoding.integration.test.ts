import { BatchExecuteStatementCommand, ExecuteStatementCommand, type ExecuteStatementCommandInput } from '@aws-sdk/client-rds-data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DataApiClient } from '../client/data-api-client.js';
import type { ParameterValue } from '../parameters/parameter-value.js';
import { RangeValue } from '../parameters/range-value.js';
import { typed } from '../parameters/typed.js';
import { useLocalDataApi } from '../testing/local-data-api.js';
import type { CommandSender } from '../transport/send-command.js';
import type { DecodingOptions } from './decoding-options.js';

const api = useLocalDataApi();

/** A sender whose middleware is not ours to extend, as when the client is wrapped or mocked. */
const plainSender = (): CommandSender => ({
  send: (command: object, options: { readonly abortSignal?: AbortSignal }) => {
    const { input } = command as { readonly input: ExecuteStatementCommandInput };
    return api.sdk.send('parameterSets' in input ? new BatchExecuteStatementCommand(input as never) : new ExecuteStatementCommand(input), options);
  },
}) as unknown as CommandSender;

const value = async (expression: string, decoding: DecodingOptions = {}, client: DataApiClient = api.client): Promise<unknown> =>
  (await client.query<[unknown]>(`select ${expression}`, {}, { rowMode: 'array', decoding })).rows[0]?.[0];

const cases: readonly [string, unknown, DecodingOptions?][] = [
  ['true', true],
  ['1::int2', 1],
  ['(-2147483648)::int4', -2147483648],
  ['9223372036854775807::int8', 9223372036854775807n],
  ['5::int8', 5n],
  ['9007199254740993::int8', '9007199254740993', { int8: 'string' }],
  ['42::int8', 42, { int8: 'number' }],
  ['1.5::float4', 1.5],
  ['0.1::float8', 0.1],
  ["'NaN'::float8", Number.NaN],
  ["'-Infinity'::float8", Number.NEGATIVE_INFINITY],
  ['12345678901234567890.12345678901234567890::numeric', '12345678901234567890.12345678901234567890'],
  ['1.50::numeric', 1.5, { numeric: 'number' }],
  ['1.50::numeric', { decimal: '1.50' }, { numeric: (decimal) => ({ decimal }) }],
  ["'a b'::text", 'a b'],
  ["'ab'::char(4)", 'ab  '],
  ["'x'::varchar", 'x'],
  ["'0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'::uuid", '0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'],
  ["'2024-02-29'::date", '2024-02-29'],
  ["'2024-02-29'::date", new Date('2024-02-29T00:00:00Z'), { dates: 'date' }],
  ["'2024-02-29 12:00:00'::timestamp", '2024-02-29T12:00:00'],
  ["'2024-02-29 12:00:00.123456'::timestamp", '2024-02-29T12:00:00.123456'],
  ["'2024-02-29 12:00:00.123456+02'::timestamptz", '2024-02-29T10:00:00.123456Z'],
  ["'2024-02-29 12:00:00.123+02'::timestamptz", new Date('2024-02-29T10:00:00.123Z'), { timestamps: 'date' }],
  ["'2024-02-29 12:00:00'::timestamp", new Date('2024-02-29T12:00:00Z'), { timestamps: 'date' }],
  ["'12:34:56.789'::time", '12:34:56.789'],
  [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
  [`'{"a": 1}'::json`, '{"a": 1}', { json: 'string' }],
  [`'null'::jsonb`, null],
  ["'\\x00ff'::bytea", Buffer.from([0, 255])],
  ['null::int4', null],
  ['array[1,null,3]::int4[]', [1, null, 3]],
  ['array[9007199254740993, 1]::int8[]', [9007199254740993n, 1n]],
  ["array['a', null, 'b,c\"d']::text[]", ['a', null, 'b,c"d']],
  ['array[1.5, null]::float8[]', [1.5, null]],
  ['array[true, false]', [true, false]],
  ['array[1.10, 2.20]::numeric[]', ['1.10', '2.20']],
  ["array['2024-01-01']::date[]", ['2024-01-01']],
  ["'{}'::int4[]", []],
  ["'[1,5)'::int4range", new RangeValue({ lower: 1, upper: 5 })],
  ["'(,5]'::numrange", new RangeValue({ lower: null, upper: '5', upperInclusive: true })],
  ["'empty'::int4range", new RangeValue('empty')],
  ["'[2024-01-01 00:00,2024-01-02 00:00)'::tsrange", new RangeValue({ lower: '2024-01-01T00:00:00', upper: '2024-01-02T00:00:00' })],
  ["'[2024-01-01 00:00:00.5+02,infinity)'::tstzrange", new RangeValue({ lower: '2023-12-31T22:00:00.5Z', upper: 'infinity' })],
  ["'[2024-01-01 00:00+00,2024-01-02 00:00+00)'::tstzrange", new RangeValue({ lower: new Date('2024-01-01T00:00:00Z'), upper: new Date('2024-01-02T00:00:00Z') }), { timestamps: 'date' }],
  ["'12000-03-15 01:02:03.4567'::timestamp", '12000-03-15T01:02:03.456700'],
  ["'12000-03-15'::date", new Date('+012000-03-15T00:00:00Z'), { dates: 'date' }],
  ["'<a/>'::text", '<A/>', { types: { text: (text) => text.toUpperCase() } }],
  ["array['a','b']::text[]", ['A', 'B'], { types: { text: (text) => text.toUpperCase() } }],
  ['12::oid', 12],
];

describe('values of a result', () => {
  test.each(cases)('%s', async (expression, expected, decoding) => {
    expect(await value(expression, decoding)).toEqual(expected);
  });

  test.each(cases)('%s, read by the SDK itself', async (expression, expected, decoding) => {
    expect(await value(expression, decoding, api.connect({ client: plainSender() }))).toEqual(expected);
  });

  test('a value that the chosen form cannot hold is an error that names the column', async () => {
    await expect(api.client.query('select 9007199254740993::int8 as big', {}, { decoding: { int8: 'number' } })).rejects.toThrow(/"big" of type int8.*2\^53/);
    await expect(value("'2024-01-01'::date", { dates: 'temporal' })).rejects.toMatchObject({ code: 'decode' });
  });

  test('rows without columns, with columns of one name, and with as many as PostgreSQL has', async () => {
    expect(await api.client.query('select from generate_series(1, 3)')).toEqual({ rows: [{}, {}, {}], columns: [], rowCount: 3 });
    expect((await api.client.query('select 1 as a, 2 as a, 3 as a_2, 4 as a, 5 as "__proto__"')).rows).toEqual([Object.defineProperty({ a: 1, a_3: 2, a_2: 3, a_4: 4 }, '__proto__', { value: 5, enumerable: true })]);
    const { rows, columns } = await api.client.query<Record<string, number>>(`select ${Array.from({ length: 1_664 }, (_, index) => index).join(', ')}`);
    expect([columns.length, Object.keys(rows[0] ?? {}).length, rows[0]?.['?column?_1664']]).toEqual([1_664, 1_664, 1_663]);
  });

  test('enums, domains and composites', async () => {
    await api.client.execute("create type mood as enum ('glad', 'sad')");
    await api.client.execute('create domain small as int4 check (value < 10)');
    expect(await api.client.one('select :m as m, array[:m]::mood[] as ms, 3::small as d', { m: typed.enum('mood', 'glad') })).toEqual({ m: 'glad', ms: ['glad'], d: 3 });
  });
});

describe('what is sent comes back', () => {
  const roundTrip = (make: (given: never) => ParameterValue, expression: string, arbitrary: fc.Arbitrary<unknown>, expected: (given: never) => unknown = (given) => given, decoding: DecodingOptions = {}) =>
    fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 1, maxLength: 12 }), async (given) => {
        const parameters = Object.fromEntries(given.map((item, index) => [`p${index}`, make(item as never)]));
        const statement = `select ${given.map((_, index) => expression.replaceAll(':x', `:p${index}`)).join(', ')}`;
        const [row] = (await api.client.query<unknown[]>(statement, parameters, { rowMode: 'array', decoding })).rows;
        expect(row).toEqual(given.map((item) => expected(item as never)));
      }),
      { numRuns: 25 },
    );

  const text = fc.string({ unit: 'grapheme' }).filter((item) => !item.includes('\0'));
  const instant = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
  // JSON.stringify writes -0 as 0; jsonb refuses \u0000 and halves of surrogate pairs.
  const json = fc.jsonValue({ maxDepth: 3 }).map((item) => JSON.parse(JSON.stringify(item)) as unknown).filter((item) => item !== null && !/\\u0000|\\ud[89a-f]/iu.test(JSON.stringify(item)));
  const iso = (date: Date): string => date.toISOString().replace(/\.000Z$/u, 'Z');

  test('text', () => roundTrip((given: string) => given, ':x::text', text));
  test('booleans', () => roundTrip((given: boolean) => given, ':x', fc.boolean()));
  test('int4', () => roundTrip((given: number) => typed.int4(given), ':x', fc.integer()));
  test('int8', () => roundTrip((given: bigint) => given, ':x', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })));
  test('bigints beyond 64 bits', () => roundTrip((given: bigint) => given, ':x', fc.bigInt({ min: 2n ** 63n, max: 2n ** 90n }), (given: bigint) => given.toString()));
  test('float8', () => roundTrip((given: number) => typed.float8(given), ':x', fc.double()));
  test('numeric', () => roundTrip((given: string) => typed.decimal(given), ':x::numeric(40, 6)', fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 999_999 })).map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`)));
  test('uuid', () => roundTrip((given: string) => typed.uuid(given), ':x', fc.uuid()));
  test('bytes', () => roundTrip((given: Uint8Array) => given, ':x', fc.uint8Array(), (given: Uint8Array) => Buffer.from(given)));
  test('Date', () => roundTrip((given: Date) => given, ':x', instant, (given: Date) => given, { timestamps: 'date' }));
  test('timestamptz as text keeps microseconds', () =>
    roundTrip((given: string) => typed.timestamptz(given), ':x', fc.tuple(instant, fc.integer({ min: 1, max: 999 })).map(([date, micro]) => date.toISOString().replace('Z', `${String(micro).padStart(3, '0')}Z`))));
  test('dates', () => roundTrip((given: string) => typed.date(given), ':x', instant.map((date) => date.toISOString().slice(0, 10))));
  test('timestamps', () => roundTrip((given: Date) => typed.timestamp(given), ':x', instant, (given: Date) => iso(given).slice(0, -1)));
  test('jsonb', () => roundTrip((given: unknown) => typed.jsonb(given), ':x', json));
  test('json', () => roundTrip((given: unknown) => typed.json(given), ':x', json));
  test('arrays of text', () => roundTrip((given: string[]) => typed.array('text', given), ':x', fc.array(fc.option(text))));
  test('arrays of int8', () => roundTrip((given: bigint[]) => typed.array('int8', given), ':x', fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })))));
  test('arrays of jsonb', () => roundTrip((given: unknown[]) => typed.array('jsonb', given), ':x', fc.array(json)));
  test('ranges of instants', () =>
    roundTrip((given: [Date, Date]) => typed.range('tstzrange', { lower: given[0], upper: given[1] }), ':x', fc.tuple(instant, instant).filter(([from, to]) => from < to), ([lower, upper]: [Date, Date]) => new RangeValue({ lower, upper }), { timestamps: 'date' }));
  test('nested arrays, as text', () => roundTrip((given: string[][]) => typed.array('text', given), 'to_jsonb(:x)', fc.array(fc.tuple(text, text), { minLength: 1 })));
  test('ranges', () =>
    roundTrip((given: [number, number]) => typed.range('numrange', { lower: given[0], upper: given[1] }), ':x', fc.tuple(fc.integer({ max: 0 }), fc.integer({ min: 1 })), ([lower, upper]: [number, number]) => new RangeValue({ lower: String(lower), upper: String(upper) })));
});
