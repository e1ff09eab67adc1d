import type { Column } from './column.js';

/**
 * How values of a result become JavaScript values. The defaults lose nothing.
 */
export interface DecodingOptions {
  /**
   * int8 and other 64-bit integers: exact as `bigint` or `string`; `number` throws for a value above 2^53 rather than round it.
   * @default 'bigint'
   */
  readonly int8?: 'bigint' | 'string' | 'number';
  /**
   * numeric and decimal: the exact text, a (rounded) number, or what a function makes of the text.
   * @default 'string'
   */
  readonly numeric?: 'string' | 'number' | ((text: string) => unknown);
  /**
   * timestamp and timestamptz. `string` is ISO 8601 with all six digits of the fraction that there are, and `Z` for timestamptz;
   * `date` is a Date (milliseconds; a timestamp without time zone is taken as UTC);
   * `temporal` is Temporal.Instant or Temporal.PlainDateTime and needs a runtime or a polyfill that has them.
   * @default 'string'
   */
  readonly timestamps?: 'string' | 'date' | 'temporal';
  /**
   * date. `string` is `YYYY-MM-DD`; `date` is midnight UTC; `temporal` is Temporal.PlainDate.
   * @default 'string'
   */
  readonly dates?: 'string' | 'date' | 'temporal';
  /** @default 'parse' */
  readonly json?: 'parse' | 'string';
  /**
   * Decoders by type name (`citext`, `hstore`, an enum, a composite), for elements of arrays too; they get the text form and
   * come before the built-in ones.
   */
  readonly types?: Readonly<Record<string, (text: string, column: Column) => unknown>>;
}
