import type { TemporalValue } from './parameter-value.js';
import { RangeValue } from './range-value.js';
import { TypedValue } from './typed-value.js';

type Instant = string | Date | TemporalValue;

/**
 * Says of which database type a parameter is. The Data API binds a string as text and a whole number as bigint,
 * and PostgreSQL then finds no operator for `uuid = text`: the type has to come from you, it is never guessed.
 *
 * @example
 * await client.query('select * from orders where id = :id and state = any(:states)', {
 *   id: typed.uuid('0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'),
 *   states: typed.array('order_state', ['open', 'paid']),
 * });
 */
export const typed = Object.freeze({
  /** Any type by its SQL name; the value is written in the type's text form. */
  as: (typeName: string, value: unknown): TypedValue => new TypedValue(typeName, value),
  /** Elements of the named type; they may be null, and nested for more dimensions. */
  array: (elementType: string, values: readonly unknown[]): TypedValue => new TypedValue(`${elementType}[]`, values),
  bool: (value: boolean | null): TypedValue => new TypedValue('bool', value),
  bytea: (value: Uint8Array | null): TypedValue => new TypedValue('bytea', value),
  /** `YYYY-MM-DD`; of a Date the UTC date. */
  date: (value: Instant | null): TypedValue => new TypedValue('date', value),
  /** Exact decimal: give fractions as strings. */
  decimal: (value: string | number | bigint | null): TypedValue => new TypedValue('numeric', value),
  /** A value of an enum type, named with its schema if that is not on the search path. */
  enum: (typeName: string, value: string | null): TypedValue => new TypedValue(typeName, value),
  float4: (value: number | null): TypedValue => new TypedValue('float4', value),
  float8: (value: number | null): TypedValue => new TypedValue('float8', value),
  int2: (value: number | null): TypedValue => new TypedValue('int2', value),
  int4: (value: number | null): TypedValue => new TypedValue('int4', value),
  int8: (value: number | bigint | null): TypedValue => new TypedValue('int8', value),
  /** An ISO 8601 or PostgreSQL duration, for example `P1DT2H` or `3 days`. */
  interval: (value: string | TemporalValue | null): TypedValue => new TypedValue('interval', value),
  json: (value: unknown): TypedValue => new TypedValue('json', value),
  jsonb: (value: unknown): TypedValue => new TypedValue('jsonb', value),
  /** A range of the named type, `[lower, upper)` unless said otherwise. */
  range: <T>(typeName: string, bounds: ConstructorParameters<typeof RangeValue<T>>[0]): TypedValue => new TypedValue(typeName, new RangeValue<T>(bounds)),
  text: (value: string | null): TypedValue => new TypedValue('text', value),
  /** `HH:MM:SS[.ffffff]` */
  time: (value: string | TemporalValue | null): TypedValue => new TypedValue('time', value),
  /** Without time zone; of a Date the UTC wall clock. */
  timestamp: (value: Instant | null): TypedValue => new TypedValue('timestamp', value),
  timestamptz: (value: Instant | null): TypedValue => new TypedValue('timestamptz', value),
  uuid: (value: string | null): TypedValue => new TypedValue('uuid', value),
  /** pgvector. */
  vector: (value: readonly number[] | Float32Array | null): TypedValue => new TypedValue('vector', value === null ? null : [...value]),
});
