import { z } from 'zod';

/** The caps of one execution. */
export const executeLimitsSchema = z.strictObject({
  /** Rows in a result. @default 500 */
  maxRows: z.int().min(1).max(10_000).default(500),
  /** Bytes of the rows as JSON. @default 786432, which leaves room below the Data API's 1 MiB */
  maxBytes: z.int().min(1_024).max(10_485_760).default(786_432),
  /** PostgreSQL's statement_timeout, in milliseconds; the Data API itself ends a statement after 45 s. @default 15000 */
  statementTimeoutMs: z.int().min(50).max(45_000).default(15_000),
  /** The whole call, waits for a resuming database included. @default 40000 */
  deadlineMs: z.int().min(100).max(900_000).default(40_000),
  /** How far the rows of a result that was cut are counted, in a second statement; 0 does not count. @default 100000 */
  countRows: z.int().min(0).max(100_000_000).default(100_000),
  /** PostgreSQL's statement_timeout of that count, in milliseconds. @default 2000 */
  countTimeoutMs: z.int().min(100).max(45_000).default(2_000),
  /** UTF-16 units of a statement. @default 20000 */
  maxStatementLength: z.int().min(1).max(65_536).default(20_000),
});

/** Caps as given; absent ones have the defaults of {@link executeLimitsSchema}. */
export type ExecuteLimitsInput = z.input<typeof executeLimitsSchema>;

/** Caps as used. */
export type ExecuteLimits = z.output<typeof executeLimitsSchema>;
