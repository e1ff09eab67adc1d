import type { Verdict, Violation } from '@ask-aurora/sql-guard';
import type { DatabaseComplaint } from './dry-run.js';
import type { ParameterValue } from './parameter-value.js';
import type { PipelineUsage } from './pipeline-usage.js';

/** One round of model, extraction, guard and dry run. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** The statement as extracted; null when the reply held none. */
  readonly sql: string | null;
  readonly outcome: 'accepted' | 'no-statement' | 'truncated' | 'guard' | 'parameters' | 'dry-run' | 'abstained' | 'clarification' | 'refused';
  /** One sentence for people: why the attempt was not accepted, or how it was extracted. */
  readonly reason: string;
  readonly violations: readonly Violation[];
  readonly databaseError: DatabaseComplaint | null;
  readonly latencyMs: number;
}

interface Settled {
  readonly attempts: readonly Attempt[];
  readonly usage: PipelineUsage;
}

/** An accepted statement. `sql` passed the guard whole; `parameters` holds a value for each `:name` in it. */
export interface StatementResult extends Settled {
  readonly kind: 'statement';
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  readonly relations: readonly { readonly schema: string; readonly name: string }[];
  /** 0..1: the model's own, lowered by each repair, or the share of agreeing samples when voting. */
  readonly confidence: number;
  readonly verdict: Extract<Verdict, { readonly ok: true }>;
  readonly source: 'model' | 'verified-query' | 'cache';
  /** Which verified query answered, when one did. */
  readonly verifiedQueryId?: string;
}

/** The question is open to readings that differ; `question` asks the user which is meant. */
export interface ClarificationResult extends Settled {
  readonly kind: 'clarification';
  readonly question: string;
}

/** No statement, and nobody did anything wrong. */
export interface AbstentionResult extends Settled {
  readonly kind: 'abstention';
  /** `unanswerable`: not in the schema; `no-valid-statement`: repairs used up; the others name the budget that ended. */
  readonly code: 'unanswerable' | 'no-valid-statement' | 'deadline' | 'token-budget';
  readonly reason: string;
}

/** A question or a statement that was refused, and by whom. */
export interface RefusalResult extends Settled {
  readonly kind: 'refusal';
  readonly stage: 'screen' | 'guard' | 'model';
  /** The rule that refused, such as `write-request` or a guard's rule. */
  readonly rule: string;
  readonly reason: string;
  readonly violations: readonly Violation[];
}

export type TextToSqlResult = StatementResult | ClarificationResult | AbstentionResult | RefusalResult;
