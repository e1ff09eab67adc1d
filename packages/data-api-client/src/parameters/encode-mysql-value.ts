import { ParameterError } from '../errors/parameter-error.js';
import { encodeValue, type ValueDialect } from './encode-value.js';
import type { EncodedValue } from './encoded-value.js';
import { dateText, literalText, numberText } from './literal-text.js';
import { temporalKind } from './parameter-value.js';
import { parseTypeName } from './type-name.js';
import type { TypedValue } from './typed-value.js';

const dialect: ValueDialect = {
  allowsNul: true,
  temporalTypes: { Instant: 'timestamp', ZonedDateTime: 'timestamp', PlainDateTime: 'timestamp', PlainDate: 'date', PlainTime: 'time' },
  jsonType: 'json',
  encodeDate: (value) => ({ field: { stringValue: dateText(value, 'timestamp') }, typeHint: 'TIMESTAMP' }),
  encodeOddNumber(value) {
    if (!Number.isFinite(value)) throw new ParameterError(`MySQL has no number ${value}.`);
    return { field: { stringValue: numberText(value) }, cast: 'double' };
  },
  encodeList() {
    throw new ParameterError('MySQL has no arrays: send JSON with typed.json.');
  },
  encodeTyped,
};

/** Turns a value into what the Data API takes for it on Aurora MySQL; a type hint says what a string is. */
export function encodeMysqlValue(value: unknown): EncodedValue {
  return encodeValue(value, dialect);
}

function encodeTyped({ typeName, value }: TypedValue): EncodedValue {
  const { base, isArray, sql } = parseTypeName(typeName);
  if (isArray) throw new ParameterError('MySQL has no arrays: send JSON with typed.json.');
  if (value === null) return { field: { isNull: true } };
  if (base === 'json' || base === 'jsonb') return { field: { stringValue: literalText(value, 'json') ?? '' }, typeHint: 'JSON' };
  const hint = Object.hasOwn(hints, base) ? hints[base] : undefined;
  if (hint !== undefined) return { field: { stringValue: mysqlText(value, base) }, typeHint: hint };
  if (plainTypes.has(base)) return encodeMysqlValue(value);
  if (castTypes.has(base)) return { field: encodeMysqlValue(value).field, cast: sql };
  throw new ParameterError(`MySQL cannot cast to ${sql}: give the value without a type, or as one of ${[...castTypes].join(', ')}.`);
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
const plainTypes: ReadonlySet<string> = new Set(['bool', 'bytea', 'float4', 'float8', 'int', 'int2', 'int4', 'int8', 'bigint', 'text', 'uuid', 'blob', 'varchar', 'enum', 'set']);

/** What MySQL's `cast(.. as ..)` knows beyond the types above. */
const castTypes: ReadonlySet<string> = new Set(['binary', 'char', 'double', 'double precision', 'float', 'nchar', 'real', 'signed', 'unsigned', 'year']);
