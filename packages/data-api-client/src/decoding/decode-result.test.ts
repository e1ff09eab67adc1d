import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RangeValue } from '../parameters/range-value.js';
import type { Engine } from '../parameters/scan-statement.js';
import { decodeBody as decodeBytes, decodeResult, type DecodedResult, type DecodeRequest } from './decode-result.js';
import type { DecodingOptions } from './decoding-options.js';
import { parseArrayText } from './parse-array-text.js';
import { arrayText } from '../parameters/literal-text.js';
import { quoteLongIntegers } from './quote-long-integers.js';

const decodeBody = (text: string, request: DecodeRequest): DecodedResult => decodeBytes(Buffer.from(text), request);
const body = (typeName: string, field: string): string => `{"columnMetadata":[{"name":"a","label":"a","typeName":"${typeName}"}],"numberOfRecordsUpdated":0,"records":[[${field}]]}`;
const decode = (typeName: string, field: string, decoding: DecodingOptions = {}, engine: Engine = 'postgresql'): unknown =>
  (decodeBody(body(typeName, field), { engine, decoding, rowMode: 'array' }).rows as unknown[][])[0]?.[0];

describe('integers beyond 2^53 that arrive as JSON numbers', () => {
  test.each<[string, string, unknown]>([
    ['int8', '{"longValue":9223372036854775807}', 9223372036854775807n],
    ['int8', '{"longValue":-9007199254740993}', -9007199254740993n],
    ['_int8', '{"arrayValue":{"longValues":[1,null,9007199254740993]}}', [1n, null, 9007199254740993n]],
    ['unknown_type', '{"longValue":9007199254740993}', '9007199254740993'],
  ])('%s %s keeps every digit', (typeName, field, expected) => {
    expect(decode(typeName, field)).toEqual(expected);
  });

  test('cannot be brought back when the SDK has parsed them, and are refused', () => {
    const output = { columnMetadata: [{ name: 'a', typeName: 'int8' }], records: [[{ longValue: 9007199254740992 }]] };
    expect(() => decodeResult(output, { engine: 'postgresql', decoding: {}, rowMode: 'array' })).toThrow(expect.objectContaining({ code: 'decode' }));
  });

  test('quoting them changes nothing else', () => {
    const json = fc.jsonValue().filter((value) => !JSON.stringify(value).match(/\d{16}/u));
    fc.assert(fc.property(json, (value) => { expect(quoteLongIntegers(JSON.stringify(value))).toBe(JSON.stringify(value)); }));
    expect(quoteLongIntegers('["12345678901234567", 12345678901234567, 1234567890123456.5, 1e400, -1234567890123456]')).toBe('["12345678901234567", "12345678901234567", 1234567890123456.5, 1e400, "-1234567890123456"]');
  });
});

describe('forms in which a value may come', () => {
  test.each<[string, string, unknown, DecodingOptions?]>([
    ['int4', '{"stringValue":"5"}', 5],
    ['float8', '{"doubleValue":"-Infinity"}', Number.NEGATIVE_INFINITY],
    ['float8', '{"stringValue":"NaN"}', Number.NaN],
    ['bool', '{"longValue":1}', true],
    ['text', '{"longValue":7}', '7'],
    ['_int4', '{"stringValue":"{1,NULL,3}"}', [1, null, 3]],
    ['_int4', '{"arrayValue":{"arrayValues":[{"longValues":[1,2]},{"longValues":[3,null]}]}}', [[1, 2], [3, null]]],
    ['_bytea', '{"stringValue":"{\\"\\\\\\\\xff\\"}"}', [Buffer.from([255])]],
    ['vector', '{"stringValue":"[1,2.5]"}', [1, 2.5]],
    ['timestamptz', '{"stringValue":"infinity"}', 'infinity'],
    ['timestamptz', '{"stringValue":"2024-01-01 00:00:00"}', '2024-01-01T00:00:00Z'],
    ['timestamptz', '{"stringValue":"10000-01-01 00:00:00.5"}', new Date('+010000-01-01T00:00:00.500Z'), { timestamps: 'date' }],
    ['timestamp', '{"stringValue":"275760-09-13 00:00:00"}', new Date(8.64e15), { timestamps: 'date' }],
    ['date', '{"stringValue":"12024-02-29"}', new Date('+012024-02-29T00:00:00Z'), { dates: 'date' }],
    ['timestamptz', '{"stringValue":"2024-01-01 00:00:00+02"}', '2023-12-31T22:00:00Z'],
    ['tstzrange', '{"stringValue":"[\\"2024-01-01 00:00:00+00\\",)"}', new RangeValue({ lower: '2024-01-01T00:00:00Z', upper: null })],
    ['void', '{"stringValue":""}', ''],
  ])('%s %s', (typeName, field, expected, decoding) => {
    expect(decode(typeName, field, decoding)).toEqual(expected);
  });

  test('Temporal, where the runtime has it', () => {
    const from = (kind: string) => ({ from: (text: string) => `${kind} ${text}` });
    Object.assign(globalThis, { Temporal: { Instant: from('Instant'), PlainDateTime: from('PlainDateTime'), PlainDate: from('PlainDate') } });
    try {
      expect(decode('timestamptz', '{"stringValue":"2024-01-01 00:00:00"}', { timestamps: 'temporal' })).toBe('Instant 2024-01-01T00:00:00Z');
      expect(decode('timestamp', '{"stringValue":"2024-01-01 00:00:00"}', { timestamps: 'temporal' })).toBe('PlainDateTime 2024-01-01T00:00:00');
      expect(decode('date', '{"stringValue":"2024-01-01"}', { dates: 'temporal' })).toBe('PlainDate 2024-01-01');
    } finally {
      Reflect.deleteProperty(globalThis, 'Temporal');
    }
  });
});

describe('Aurora MySQL', () => {
  test.each<[string, string, unknown, DecodingOptions?]>([
    ['INT', '{"longValue":5}', 5],
    ['INT UNSIGNED', '{"stringValue":"4294967295"}', 4294967295],
    ['BIGINT', '{"stringValue":"9223372036854775807"}', 9223372036854775807n],
    ['BIGINT UNSIGNED', '{"stringValue":"18446744073709551615"}', 18446744073709551615n],
    ['BIGINT UNSIGNED', '{"stringValue":"18446744073709551615"}', '18446744073709551615', { int8: 'string' }],
    ['DECIMAL', '{"stringValue":"1.10"}', '1.10'],
    ['TINYINT', '{"longValue":7}', 7],
    ['TINYINT', '{"booleanValue":true}', true],
    ['BIT', '{"booleanValue":true}', true],
    ['BIT', '{"blobValue":"AQI="}', Buffer.from([1, 2])],
    ['DATETIME', '{"stringValue":"2024-02-29 12:00:00.123456"}', '2024-02-29T12:00:00.123456'],
    ['TIMESTAMP', '{"stringValue":"2024-02-29 12:00:00"}', '2024-02-29T12:00:00Z'],
    ['DATE', '{"stringValue":"2024-02-29"}', '2024-02-29'],
    ['TIME', '{"stringValue":"-12:00:00"}', '-12:00:00'],
    ['YEAR', '{"stringValue":"2024-01-01"}', 2024],
    ['YEAR', '{"longValue":2024}', 2024],
    ['JSON', '{"stringValue":"[1]"}', [1]],
    ['VARBINARY', '{"blobValue":"/w=="}', Buffer.from([255])],
    ['ENUM', '{"stringValue":"a"}', 'a'],
    ['VARCHAR', '{"isNull":true}', null],
  ])('%s %s', (typeName, field, expected, decoding) => {
    expect(decode(typeName, field, decoding, 'mysql')).toEqual(expected);
  });
});

test('a body that is no result is an error of the answer, not of the statement', () => {
  expect(() => decodeBody('<html>', { engine: 'postgresql', decoding: {}, rowMode: 'object' })).toThrow(expect.objectContaining({ code: 'decode', executed: 'yes' }));
  expect(() => decodeBody('1', { engine: 'postgresql', decoding: {}, rowMode: 'object' })).toThrow(expect.objectContaining({ code: 'decode' }));
});

test('array text is read back as it was written', () => {
  const nested = fc.letrec((tie) => ({ value: fc.oneof({ maxDepth: 3 }, fc.option(fc.string({ unit: 'binary-ascii' }).filter((text) => !text.includes('\0'))), fc.array(tie('value'))) }));
  fc.assert(fc.property(fc.array(nested.value), (values) => { expect(parseArrayText(arrayText(values, 'text'), (text) => text)).toEqual(values); }));
  expect(parseArrayText('[0:1]={a,nUlL}', (text) => text)).toEqual(['a', null]);
  expect(() => parseArrayText('{a', (text) => text)).toThrow(SyntaxError);
  expect(() => parseArrayText('{a}b', (text) => text)).toThrow(SyntaxError);
});

describe('fields that are not as usual', () => {
  const request = { engine: 'postgresql', decoding: {}, rowMode: 'object' } as const;

  test.each([
    ['with a member that is new', '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[{"longValue":1,"new":true}]]}'],
    ['with isNull false', '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[{"isNull":false,"longValue":1}]]}'],
  ])('%s', (_name, json) => {
    expect(decodeBody(json, request).rows).toEqual([{ a: 1 }]);
  });

  test.each([
    ['without a value', '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[{}]]}'],
    ['that are missing', '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[]]}'],
    ['of an array in a scalar column', '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[{"arrayValue":{"longValues":[1]}}]]}'],
  ])('%s are an error that names the column', (_name, json) => {
    expect(() => decodeBody(json, request)).toThrow(/Column "a" of type int4/u);
  });

  test('a body that is cut short is an error', () => {
    const whole = '{"columnMetadata":[{"name":"a","typeName":"int4"}],"records":[[{"longValue":1}]]}';
    for (let length = 0; length < whole.length; length += 1) expect(() => decodeBody(whole.slice(0, length), request)).toThrow(expect.objectContaining({ code: 'decode' }));
  });
});
