import type { TextToSqlResult } from './text-to-sql-result.js';
import type { TraceStep } from './trace-step.js';

/** What the session knows beside the question. None of it is trusted: it reaches the prompt only inside a fence. */
export interface SessionContext {
  /** Earlier questions of the conversation, oldest first; only the newest few reach the prompt. */
  readonly turns?: readonly { readonly question: string; readonly sql: string | null }[];
  /** Part of the cache's key, never of the prompt. */
  readonly tenant?: Readonly<Record<string, string>>;
}

export interface TextToSqlInput {
  readonly question: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole question, repairs and waits included. @default the pipeline's own */
  readonly deadlineMs?: number;
  readonly sessionContext?: SessionContext;
  readonly onStep?: (step: TraceStep) => void;
}

export interface TextToSql {
  /**
   * Turns a question into one guarded statement, or says why not. Never executes it.
   *
   * @throws Nl2SqlError `model-*` when the model cannot be reached or used, `artifact-*` when the schema cannot be
   *   loaded, `aborted` when the signal fires.
   */
  generate(input: TextToSqlInput): Promise<TextToSqlResult>;
}
