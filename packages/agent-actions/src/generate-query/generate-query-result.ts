import type { Attempt, ParameterValue } from '@ask-aurora/nl2sql';
import type { GuardViolation } from '../ports/statement-guard.js';

/** A guarded statement for the question. */
export interface GeneratedStatement {
  readonly kind: 'statement';
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  readonly relations: readonly { readonly schema: string; readonly name: string }[];
  /** 0..1. */
  readonly confidence: number;
  readonly source: 'model' | 'verified-query' | 'cache';
  readonly attempts: readonly Attempt[];
  readonly auditId: string;
}

/** The question can be read in several ways; `question` asks which is meant. */
export interface GenerateClarification {
  readonly kind: 'clarification';
  readonly question: string;
  readonly auditId: string;
}

/** The question cannot be answered from this schema. */
export interface GenerateAbstention {
  readonly kind: 'abstention';
  readonly code: string;
  readonly reason: string;
  readonly auditId: string;
}

/** The question, or the statement written for it, is outside what is allowed. */
export interface GenerateRefusal {
  readonly kind: 'refusal';
  readonly stage: 'input' | 'screen' | 'guard' | 'model';
  readonly reason: string;
  readonly violations: readonly GuardViolation[];
  readonly auditId: string;
}

/** Why no statement could be written, though nobody did anything wrong. */
export type GenerateFailureCode =
  | 'throttled'
  | 'model-unavailable'
  | 'schema-unavailable'
  | 'timeout'
  | 'too-many-at-once'
  | 'too-fast'
  | 'token-budget'
  | 'aborted'
  | 'internal';

/** The model or the schema could not be used. */
export interface GenerateFailure {
  readonly kind: 'failure';
  readonly code: GenerateFailureCode;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly auditId: string;
}

/** What generate-query comes to. */
export type GenerateQueryResult = GeneratedStatement | GenerateClarification | GenerateAbstention | GenerateRefusal | GenerateFailure;
