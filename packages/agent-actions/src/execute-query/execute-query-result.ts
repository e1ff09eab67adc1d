import type { GuardViolation } from '../ports/statement-guard.js';
import type { RowTotal } from './row-total.js';
import type { JsonValue } from './to-json-value.js';
import type { ParameterProblem } from '../parameters/check-parameters.js';

/** A column of the rows: its label and PostgreSQL's name of its type (`int8`, `text`, `timestamptz`). */
export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
}

/** The rows of an accepted statement. */
export interface RowsResult {
  readonly kind: 'rows';
  readonly columns: readonly ColumnDescription[];
  readonly rows: readonly Readonly<Record<string, JsonValue>>[];
  /** How many rows are in `rows`. */
  readonly rowCount: number;
  /** True when the statement had more rows than are here; `truncatedBy` says which cap cut them. */
  readonly truncated: boolean;
  readonly truncatedBy: 'rows' | 'bytes' | null;
  /** How many rows the statement has without our caps. */
  readonly total: RowTotal;
  /** The statement as it was executed: the guard's text, row limit included. */
  readonly statement: string;
  readonly relations: readonly { readonly schema: string; readonly name: string }[];
  /** The planner's total cost; null without a plan gate. */
  readonly planCost: number | null;
  readonly cached: boolean;
  /** Size of the rows as JSON, in UTF-8 bytes. */
  readonly bytes: number;
  readonly auditId: string;
}

/** The statement, its values or its caller were not let through. Nothing was executed, at most planned. */
export interface ExecuteRefusal {
  readonly kind: 'refusal';
  readonly stage: 'input' | 'guard' | 'parameters' | 'tenant' | 'plan';
  readonly reason: string;
  readonly violations: readonly GuardViolation[];
  readonly parameterProblems: readonly ParameterProblem[];
  readonly auditId: string;
}

/** Why a statement that was let through gave no rows. */
export type ExecuteFailureCode =
  | 'sql-error'
  | 'permission-denied'
  | 'timeout'
  | 'too-large'
  | 'unsupported-type'
  | 'database-resuming'
  | 'database-unavailable'
  | 'throttled'
  | 'too-many-at-once'
  | 'too-fast'
  | 'token-budget'
  | 'aborted'
  | 'internal';

/** The statement gave no rows. The message is written here; no text of the database's own is passed on. */
export interface ExecuteFailure {
  readonly kind: 'failure';
  readonly code: ExecuteFailureCode;
  readonly message: string;
  /** What to change, for the writer of the statement; null when nothing can be. */
  readonly hint: string | null;
  readonly sqlState: string | null;
  /** The word of the caller's own statement that the database stopped at. */
  readonly near: string | null;
  /** True when the same call may succeed later. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly auditId: string;
}

/** What execute-query comes to. Never thrown: a refusal and a failure are answers. */
export type ExecuteQueryResult = RowsResult | ExecuteRefusal | ExecuteFailure;
