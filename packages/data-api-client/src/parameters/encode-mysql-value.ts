import { ParameterError } from '../errors/parameter-error.js';
import type { EncodedValue } from './encoded-value.js';
import { dateText, literalText, numberText, wellFormed } from './literal-text.js';
import { temporalKind } from './parameter-value.js';
import { RangeValue } from './range-value.js';
import { parseTypeName } from './type-name.js';
import { TypedValue } from './typed-value.js';

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** Turns a value into what the Data API takes for it on Aurora MySQL; a type hint says what a string is. */
export function encodeMysqlValue(value: unknown): EncodedValue {
  if (TypedValue.isInstance(value)) return encodeTyped(value);
  if (value === null) return { field: { isNull: true } };
  switch (typeof value) {
    case 'string':
      return { field: { stringValue: wellFormed(value) } };
    case 'boolean':
      return { field: { booleanValue: value } };
    case 'bigint':
      if (value < minInt64 || value > maxInt64) return { field: { stringValue: value.toString() }, typeHint: 'DECIMAL' };
      return { field: { longValue: Number.isSafeInteger(Number(value)) ? Number(value) : (value as unknown as number) } };
    case 'number':
      if (!Number.isFinite(value)) throw new ParameterError(`MySQL has no number ${value}.`);
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) return { field: { longValue: value } };
      return value === 0 ? { field: { stringValue: numberText(value) }, cast: 'double' } : { field: { doubleValue: value } };
    case 'object':
      return encodeObject(value);
    default:
      throw new ParameterError(`A ${typeof value} cannot be sent.${value === undefined ? ' Say null for NULL.' : ''}`);
  }
}

function encodeObject(value: object): EncodedValue {
  if (value instanceof Date) return { field: { stringValue: dateText(value, 'timestamp') }, typeHint: 'TIMESTAMP' };
  if (value instanceof Uint8Array) return { field: { blobValue: value } };
  if (Array.isArray(value) || RangeValue.isInstance(value)) throw new ParameterError('MySQL has no arrays and no ranges: send JSON with typed.json.');
  const temporal = temporalKind(value);
  if (temporal === undefined) return encodeTyped(new TypedValue('json', value));
  const types: Readonly<Record<string, string>> = { Instant: 'timestamp', ZonedDateTime: 'timestamp', PlainDateTime: 'timestamp', PlainDate: 'date', PlainTime: 'time' };
  const type = types[temporal];
  if (type === undefined) throw new ParameterError(`Temporal.${temporal} has no type in MySQL.`);
  return encodeTyped(new TypedValue(type, value));
}

function encodeTyped({ typeName, value }: TypedValue): EncodedValue {
  const { base, isArray, sql } = parseTypeName(typeName);
  if (isArray) throw new ParameterError('MySQL has no arrays: send JSON with typed.json.');
  if (base === 'json') return { field: { stringValue: literalText(value, 'json') ?? 'null' }, typeHint: 'JSON' };
  if (value === null) return { field: { isNull: true } };
  const hint = hints[base];
  if (hint !== undefined) return { field: { stringValue: mysqlText(value, base) }, typeHint: hint };
  if (plainTypes.has(base)) return encodeMysqlValue(value);
  return { field: { stringValue: mysqlText(value, base) }, cast: sql };
}

/** MySQL takes no `T`, no `Z` and no offset in a time. */
function mysqlText(value: unknown, base: string): string {
  const text = value instanceof Date ? dateText(value, base === 'date' || base === 'time' ? base : 'timestamp') : (literalText(value, base) ?? '');
  return temporalKind(value) === undefined ? text : text.replace('T', ' ').replace(/Z$/u, '');
}

const hints: Readonly<Record<string, NonNullable<EncodedValue['typeHint']>>> = {
  date: 'DATE', datetime: 'TIMESTAMP', decimal: 'DECIMAL', numeric: 'DECIMAL', time: 'TIME', timestamp: 'TIMESTAMP', timestamptz: 'TIMESTAMP',
};

/** Types whose JavaScript value already has its own field. */
const plainTypes: ReadonlySet<string> = new Set(['bool', 'bytea', 'double', 'float', 'float4', 'float8', 'int', 'int2', 'int4', 'int8', 'bigint', 'text', 'uuid', 'blob']);
