import type { Violation } from '@ask-aurora/sql-guard';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { DatabaseComplaint } from '../pipeline/dry-run.js';
import type { ResultColumn } from '../answer/result-column.js';

/** A request in structured form, for models that are not language models. */
export type ModelTask = TextToSqlTask | AnswerTask;

/**
 * Asks for one SELECT. The reply is a text block of JSON: `{ sql, parameters, explanation, confidence }` with confidence
 * 0..1, or `{ abstain: reason }`, or `{ clarification: question }`.
 */
export interface TextToSqlTask {
  readonly kind: 'text-to-sql';
  readonly question: string;
  /** The linked part of the schema, with every verified query, metric and filter. */
  readonly artifact: SchemaArtifact;
  /** ISO date, `2024-12-31`. */
  readonly today: string;
  /** IANA name, `UTC` unless set. */
  readonly timeZone: string;
  readonly maxRows: number;
  /** 1 for the first, then one more for each repair. */
  readonly attempt: number;
  /** The statement of the attempt before, and what the guard or the database said about it. */
  readonly previousSql?: string;
  readonly violations?: readonly Violation[];
  readonly databaseError?: DatabaseComplaint;
}

/** Asks for one or two sentences about rows. */
export interface AnswerTask {
  readonly kind: 'answer';
  readonly question: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly truncated: boolean;
}
