import type { RangeValue } from './range-value.js';
import type { TypedValue } from './typed-value.js';

/**
 * A value that can be given to a statement. How each is sent (Aurora PostgreSQL):
 *
 * | JavaScript | sent as |
 * |---|---|
 * | `null` | NULL |
 * | `string` | text: for a uuid, date or enum column say so with `typed`, or cast in the statement |
 * | whole `number`, `bigint` of 64 bits | bigint, exact |
 * | other `number` | double precision |
 * | larger `bigint` | numeric |
 * | `boolean` | boolean |
 * | `Date`, `Temporal.Instant`, `Temporal.ZonedDateTime` | timestamptz, in UTC |
 * | other Temporal values | timestamp, date, time, interval |
 * | `Uint8Array`, `Buffer` | bytea |
 * | array | an array of what its elements are; an empty one needs `typed.array` |
 * | plain object | jsonb |
 */
export type ParameterValue =
  | null
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | TemporalValue
  | TypedValue
  | RangeValue
  | readonly ParameterValue[]
  | { readonly [key: string]: unknown };

/** Parameters by name for `:name`, or in order for `$1` (MySQL: `?`). */
export type Parameters = Readonly<Record<string, ParameterValue>> | readonly ParameterValue[];

/** Any value of the Temporal API, native or polyfilled. */
export interface TemporalValue {
  readonly [Symbol.toStringTag]: `Temporal.${string}`;
  toString(): string;
}

/** The name of a Temporal class without its prefix, for example `PlainDate`. */
export function temporalKind(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(Symbol.toStringTag in value)) return undefined;
  const tag: unknown = value[Symbol.toStringTag];
  return typeof tag === 'string' && tag.startsWith('Temporal.') ? tag.slice('Temporal.'.length) : undefined;
}
