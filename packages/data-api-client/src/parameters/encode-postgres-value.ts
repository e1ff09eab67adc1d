import { ParameterError } from '../errors/parameter-error.js';
import { encodeValue, fitsInt64, longField, temporalType, type ValueDialect } from './encode-value.js';
import type { EncodedValue } from './encoded-value.js';
import { arrayText, dateText, literalText, numberText } from './literal-text.js';
import { temporalKind } from './parameter-value.js';
import { RangeValue } from './range-value.js';
import { refuseUnplain } from './refuse-unplain.js';
import { parseTypeName } from './type-name.js';
import { TypedValue } from './typed-value.js';
import { wellFormed } from './well-formed.js';

const dialect: ValueDialect = {
  allowsNul: false,
  temporalTypes: { Instant: 'timestamptz', ZonedDateTime: 'timestamptz', PlainDateTime: 'timestamp', PlainDate: 'date', PlainTime: 'time', Duration: 'interval' },
  jsonType: 'jsonb',
  encodeDate: (value) => ({ field: { stringValue: dateText(value, 'timestamptz') }, cast: 'timestamptz' }),
  encodeOddNumber: (value) => ({ field: { stringValue: numberText(value) }, cast: 'float8' }),
  encodeList: (values) => encodeTyped(new TypedValue(`${elementType(values)}[]`, values)),
  encodeTyped,
};

/** Turns a value into what the Data API takes for it on Aurora PostgreSQL. */
export function encodePostgresValue(value: unknown): EncodedValue {
  return encodeValue(value, dialect);
}

function elementType(values: readonly unknown[]): string {
  const types = new Set(values.flat(6).filter((item) => item !== null).map(elementTypeOf));
  if (types.has('float8') && types.delete('int8')) refuseRounding(values);
  const [type, ...others] = types;
  if (type === undefined) throw new ParameterError('The type of an array that is empty, or all null, is not known: use typed.array("int4", []).');
  if (others.length > 0) throw new ParameterError(`An array holds elements of several types (${[...types].join(', ')}): use typed.array.`);
  return type;
}

/** Beside fractions whole numbers become doubles, which hold a bigint only up to 2^53. */
function refuseRounding(values: readonly unknown[]): void {
  const rounded = values.flat(6).find((item) => typeof item === 'bigint' && BigInt(Number(item)) !== item);
  if (rounded !== undefined) throw new ParameterError(`${String(rounded)} has no exact double, as which it would be sent beside fractions: use typed.array("numeric", [..]).`);
}

function elementTypeOf(value: unknown): string {
  if (TypedValue.isInstance(value)) return value.typeName.replace(/(?:\[\])+$/u, '');
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int8' : 'float8';
  if (typeof value === 'bigint') return fitsInt64(value) ? 'int8' : 'numeric';
  if (value instanceof Date) return 'timestamptz';
  if (value instanceof Uint8Array) return 'bytea';
  const temporal = temporalKind(value);
  if (temporal !== undefined) return temporalType(temporal, dialect);
  if (typeof value === 'object' && value !== null && !RangeValue.isInstance(value)) {
    refuseUnplain(value);
    return 'jsonb';
  }
  throw new ParameterError('The type of an array element is not known: use typed.array.');
}

/** Values whose type is said: in their own field where the wire has one, else in the type's text form with a hint or a cast. */
function encodeTyped({ typeName, value }: TypedValue): EncodedValue {
  const { base, isArray, sql } = parseTypeName(typeName);
  if (isArray) {
    if (value !== null && !Array.isArray(value)) throw new ParameterError(`A value of type ${typeName} must be an array.`);
    return { field: value === null ? { isNull: true } : { stringValue: arrayText(value, base) }, cast: sql };
  }
  if (value === null && base !== 'json' && base !== 'jsonb') return { field: { isNull: true }, cast: sql };
  const encode = Object.hasOwn(fieldEncoders, base) ? fieldEncoders[base] : undefined;
  if (encode) return encode(value, sql);
  return asText(value, base, { cast: sql });
}

function asText(value: unknown, base: string, how: Omit<EncodedValue, 'field'>): EncodedValue {
  const text = literalText(value, base);
  return { field: text === null ? { isNull: true } : { stringValue: text }, ...how };
}

type FieldEncoder = (value: unknown, sql: string) => EncodedValue;

const integer = (bits: number): FieldEncoder => (value, sql) => {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isSafeInteger(value))) {
    throw new ParameterError(`A value of type ${sql} must be a whole number${typeof value === 'number' ? '; above 2^53 give a bigint' : ''}.`);
  }
  const number = BigInt(value);
  const limit = 2n ** BigInt(bits - 1);
  if (number < -limit || number >= limit) throw new ParameterError(`${number} is out of the range of ${sql}.`);
  return { field: longField(number), ...(bits === 64 ? {} : { cast: sql }) };
};

const float: FieldEncoder = (value, sql) => {
  if (typeof value !== 'number') throw new ParameterError(`A value of type ${sql} must be a number.`);
  return Number.isFinite(value) && !Object.is(value, -0) ? { field: { doubleValue: value }, cast: sql } : { field: { stringValue: numberText(value) }, cast: sql };
};

const decimal: FieldEncoder = (value, sql) => {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') throw new ParameterError(`A value of type ${sql} must be a string, number or bigint.`);
  const text = typeof value === 'number' ? numberText(value) : String(value);
  const hinted = sql === 'numeric' && /^[+-]?\d+(?:\.\d+)?$/u.test(text);
  return { field: { stringValue: wellFormed(text) }, ...(hinted ? { typeHint: 'DECIMAL' as const } : { cast: sql }) };
};

const uuid: FieldEncoder = (value, sql) => {
  if (typeof value !== 'string' || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(value)) throw new ParameterError(`${JSON.stringify(value)} is not a ${sql}.`);
  return { field: { stringValue: value }, typeHint: 'UUID' };
};

const date: FieldEncoder = (value, sql) => {
  const text = literalText(value, 'date') ?? '';
  return { field: { stringValue: text }, ...(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? { typeHint: 'DATE' as const } : { cast: sql }) };
};

const text: FieldEncoder = (value, sql) => {
  if (typeof value !== 'string') throw new ParameterError(`A value of type ${sql} must be a string.`);
  return { field: { stringValue: wellFormed(value) } };
};

const fieldEncoders: Readonly<Record<string, FieldEncoder>> = {
  bool: (value, sql) => {
    if (typeof value !== 'boolean') throw new ParameterError(`A value of type ${sql} must be true or false.`);
    return { field: { booleanValue: value } };
  },
  bytea: (value, sql) => {
    if (!(value instanceof Uint8Array)) throw new ParameterError(`A value of type ${sql} must be a Uint8Array.`);
    return { field: { blobValue: value } };
  },
  date,
  decimal,
  float4: float,
  float8: float,
  int2: integer(16),
  int4: integer(32),
  int8: integer(64),
  // The hint's own type is json, whose text is kept as it is; jsonb needs the cast.
  json: (value) => asText(value, 'json', { typeHint: 'JSON' }),
  numeric: decimal,
  text,
  uuid,
};
