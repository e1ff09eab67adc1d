import type { Field } from '@aws-sdk/client-rds-data';
import { ParameterError } from '../errors/parameter-error.js';
import type { EncodedValue } from './encoded-value.js';
import { temporalKind } from './parameter-value.js';
import { RangeValue } from './range-value.js';
import { refuseUnplain } from './refuse-unplain.js';
import { TypedValue } from './typed-value.js';
import { wellFormed } from './well-formed.js';

/** Where the engines differ in what a JavaScript value becomes. */
export interface ValueDialect {
  /** Whether text may hold the character NUL. */
  readonly allowsNul: boolean;
  /** The type of each class of Temporal, by its name. */
  readonly temporalTypes: Readonly<Record<string, string>>;
  readonly jsonType: 'json' | 'jsonb';
  encodeDate(value: Date): EncodedValue;
  /** NaN, the infinities and -0, which JSON cannot hold. */
  encodeOddNumber(value: number): EncodedValue;
  encodeList(values: readonly unknown[]): EncodedValue;
  /** A value whose type was said. */
  encodeTyped(value: TypedValue): EncodedValue;
}

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** Turns a value into what the Data API takes for it. @throws ParameterError for a value that cannot be sent */
export function encodeValue(value: unknown, dialect: ValueDialect): EncodedValue {
  if (TypedValue.isInstance(value)) return dialect.encodeTyped(value);
  if (value === null) return { field: { isNull: true } };
  switch (typeof value) {
    case 'string':
      return { field: { stringValue: wellFormed(value, dialect.allowsNul) } };
    case 'boolean':
      return { field: { booleanValue: value } };
    case 'bigint':
      return fitsInt64(value) ? { field: longField(value) } : { field: { stringValue: value.toString() }, typeHint: 'DECIMAL' };
    case 'number':
      return encodeNumber(value, dialect);
    case 'object':
      return encodeObject(value, dialect);
    default:
      throw new ParameterError(value === undefined ? 'undefined cannot be sent: say null for NULL.' : `A ${typeof value} cannot be sent.`);
  }
}

function encodeNumber(value: number, dialect: ValueDialect): EncodedValue {
  if (!Number.isFinite(value) || Object.is(value, -0)) return dialect.encodeOddNumber(value);
  return { field: Number.isSafeInteger(value) ? { longValue: value } : { doubleValue: value } };
}

function encodeObject(value: object, dialect: ValueDialect): EncodedValue {
  if (value instanceof Date) return dialect.encodeDate(value);
  if (value instanceof Uint8Array) return { field: { blobValue: value } };
  if (RangeValue.isInstance(value)) throw new ParameterError('A range needs its type: typed.as("int4range", range). MySQL has no ranges.');
  const temporal = temporalKind(value);
  if (temporal !== undefined) return dialect.encodeTyped(new TypedValue(temporalType(temporal, dialect), value));
  if (Array.isArray(value)) return dialect.encodeList(value);
  refuseUnplain(value);
  return dialect.encodeTyped(new TypedValue(dialect.jsonType, value));
}

/** @throws ParameterError, when the engine has no type for that class of Temporal */
export function temporalType(kind: string, { temporalTypes }: Pick<ValueDialect, 'temporalTypes'>): string {
  const type = Object.hasOwn(temporalTypes, kind) ? temporalTypes[kind] : undefined;
  if (type === undefined) throw new ParameterError(`Temporal.${kind} has no type in the database.`);
  return type;
}

export function fitsInt64(value: bigint): boolean {
  return value >= minInt64 && value <= maxInt64;
}

/** The SDK's type says number, its serializer writes a bigint digit by digit: nothing is rounded. */
export function longField(value: bigint): Field {
  const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return { longValue: safe ? Number(value) : (value as unknown as number) };
}
