import type { DecodingOptions } from '../decoding/decoding-options.js';
import type { StandardSchema } from '../validation/standard-schema.js';

/** Options of every call that waits. */
export interface CallOptions {
  /** Ends the wait. A statement that was already sent may still run: the error's `executed` then says `unknown`. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds for the call with the SDK's retries; waiting for a paused cluster comes on top.
   * @default the client's `deadlineMs`
   */
  readonly deadlineMs?: number;
}

/** Options of a statement. */
export interface StatementOptions extends CallOptions {
  /**
   * The statement may run twice without harm: then it is also sent again when it is not known whether it ran.
   * @default false; true in `readOnly`
   */
  readonly idempotent?: boolean;
  /**
   * Let the statement go on in the database when the Data API's 45 seconds are over, for long schema changes.
   * The call fails all the same with a StatementTimeoutError. Not possible in a transaction.
   * @default false
   */
  readonly continueAfterTimeout?: boolean;
  /** A name for hooks and spans. */
  readonly label?: string;
}

/** Options of a statement that returns rows. */
export interface QueryOptions extends StatementOptions {
  /** Overrides the client's decoding, option by option. */
  readonly decoding?: DecodingOptions;
  /**
   * `array` gives each row as an array of values, in the order of the columns.
   * @default 'object'
   */
  readonly rowMode?: 'object' | 'array';
  readonly schema?: undefined;
}

/** A query whose rows are checked, and typed, by a Standard Schema: zod, valibot, arktype and others. */
export interface ValidatedQueryOptions<S extends StandardSchema> extends Omit<QueryOptions, 'schema'> {
  readonly schema: S;
}
