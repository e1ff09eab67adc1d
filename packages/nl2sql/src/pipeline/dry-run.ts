import type { ParameterValue } from './parameter-value.js';

/** A statement with its named parameters, as it would be executed. */
export interface CandidateStatement {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** What the database said about a statement it could not plan or run. */
export interface DatabaseComplaint {
  readonly message: string;
  readonly sqlState?: string;
  readonly hint?: string;
  readonly detail?: string;
  /** 1-based character of the statement. */
  readonly position?: number;
}

export type DryRunOutcome = { readonly ok: true; readonly totalCost: number | null } | { readonly ok: false; readonly error: DatabaseComplaint };

/** Asks the database whether it could run a statement, without running it. Faults that are not about the statement are thrown. */
export type DryRun = (statement: CandidateStatement, options: { readonly signal?: AbortSignal }) => Promise<DryRunOutcome>;
