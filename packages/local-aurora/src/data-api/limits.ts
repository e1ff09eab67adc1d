/** The limits of the service; every one can be made smaller (or larger) for a test. */
export interface DataApiLimits {
  /** Bytes of one result as the database sends it: 2 a row, 4 a column, and the text of each value. @default 1048576 */
  readonly responseBytes: number;
  /** Bytes of one row, or null for none. The user guide names 64 KB, yet larger rows are returned in practice. @default null */
  readonly rowBytes: number | null;
  /** Bytes of `formattedRecords`. @default 10485760 */
  readonly formattedRecordsBytes: number;
  /** Bytes of one HTTP request, headers included. @default 4194304 */
  readonly requestBytes: number;
  /** Characters of one SQL text. @default 65536 */
  readonly sqlCharacters: number;
  /** Milliseconds one statement may run. @default 45000 */
  readonly statementMs: number;
  /** Milliseconds a transaction may stay without a call. @default 180000 */
  readonly transactionIdleMs: number;
  /** Milliseconds a transaction may last. @default 86400000 */
  readonly transactionMs: number;
  /** Database sessions open at a time, over all secrets and databases. @default 80 */
  readonly sessions: number;
  /** Milliseconds a call waits for a free session. @default 30000 */
  readonly sessionWaitMs: number;
}

/** What Aurora Serverless v2 allows, by the user guide; `sessions` fits a PostgreSQL with its default 100 connections. */
export const defaultDataApiLimits: DataApiLimits = {
  responseBytes: 1024 * 1024,
  rowBytes: null,
  formattedRecordsBytes: 10 * 1024 * 1024,
  requestBytes: 4 * 1024 * 1024,
  sqlCharacters: 65_536,
  statementMs: 45_000,
  transactionIdleMs: 3 * 60_000,
  transactionMs: 24 * 60 * 60_000,
  sessions: 80,
  sessionWaitMs: 30_000,
};
