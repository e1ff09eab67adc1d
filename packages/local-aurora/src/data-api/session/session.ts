import type { ColumnMetadata } from '../result/column-metadata.js';
import type { BoundStatement } from '../sql/bound-statement.js';
import type { DataType } from '../types/data-type.js';

/** Where and as whom a session connects. */
export interface SessionTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Empty for none, which MySQL allows. */
  readonly database: string;
}

export interface ResultLimits {
  readonly responseBytes: number;
  readonly rowBytes: number | null;
}

export type Row = readonly (string | null)[];

/** What a statement gave back. Values are PostgreSQL's text forms, whatever the engine: `t`, `\xff`, digits as they came. */
export interface StatementResult {
  /** The columns' labels; null when the statement returns no rows by nature (DDL, DML without RETURNING). */
  readonly labels: readonly string[] | null;
  readonly rows: readonly Row[];
  /** Rows that a DML statement changed; 0 for DDL. */
  readonly rowsAffected: number;
  /** MySQL: the AUTO_INCREMENT value that the statement made, in digits. */
  readonly generatedKey: string | null;
  /** How the statement ended a transaction, if it did: PostgreSQL answers the COMMIT of a failed one by ROLLBACK. */
  readonly ended: 'COMMIT' | 'ROLLBACK' | null;
  /** Set when rows were dropped because the result or one row was larger than allowed. */
  readonly overflow: 'result' | 'row' | null;
  /** The types of the columns. */
  types(): Promise<readonly DataType[]>;
  metadata(): Promise<readonly ColumnMetadata[]>;
}

/** One session of the database. It runs one statement at a time; its caller sees to that. */
export interface Session {
  readonly target: SessionTarget;
  /** The backend's id, which the service calls the database connection id. */
  readonly processId: number;
  /** False once the connection has failed or ended. */
  readonly usable: boolean;
  /** True from BEGIN to the end of the transaction, by whichever statement. */
  readonly inTransaction: boolean;
  /** Runs one statement. @throws the database's error or the connection's fault */
  run(statement: BoundStatement, limits: ResultLimits): Promise<StatementResult>;
  /** Runs SQL without parameters and result. */
  command(text: string): Promise<void>;
  /** Asks the database to stop the running statement. */
  cancel(): Promise<void>;
  /** Makes the session as new: no transaction, no setting, no cursor, no temporary table, no lock. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
