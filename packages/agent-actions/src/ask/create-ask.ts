import { answerFromRows, type TraceStep } from '@ask-aurora/nl2sql';
import type { Caller } from '../caller/caller.js';
import type { ExecuteQuery } from '../execute-query/create-execute-query.js';
import type { ExecuteFailure, ExecuteRefusal, RowsResult } from '../execute-query/execute-query-result.js';
import type { GenerateQuery } from '../generate-query/create-generate-query.js';
import type { GeneratedStatement, GenerateQueryResult } from '../generate-query/generate-query-result.js';

/** One question. */
export interface AskInput {
  readonly question: string;
  readonly caller: Caller;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: TraceStep) => void;
}

/** An answer with the statement and the rows it rests on, or the result that ended the way before one. */
export type AskResult =
  | { readonly kind: 'answer'; readonly sentence: string; readonly statement: GeneratedStatement; readonly rows: RowsResult }
  | { readonly kind: 'not-generated'; readonly generated: Exclude<GenerateQueryResult, GeneratedStatement> }
  | { readonly kind: 'not-executed'; readonly statement: GeneratedStatement; readonly executed: ExecuteRefusal | ExecuteFailure };

/** The whole way of a question in one call. */
export type Ask = (input: AskInput) => Promise<AskResult>;

/** Joins the two actions: write the statement, run it, and say in a sentence what the rows hold. */
export function createAsk(actions: { readonly generateQuery: GenerateQuery; readonly executeQuery: ExecuteQuery }): Ask {
  return async (input) => {
    const begun = performance.now();
    const generated = await actions.generateQuery(input);
    if (generated.kind !== 'statement') return { kind: 'not-generated', generated };
    const { question, deadlineMs, ...rest } = input;
    const left = deadlineMs === undefined ? {} : { deadlineMs: Math.max(1, deadlineMs - (performance.now() - begun)) };
    const executed = await actions.executeQuery({ ...rest, ...left, sql: generated.sql, parameters: generated.parameters });
    if (executed.kind !== 'rows') return { kind: 'not-executed', statement: generated, executed };
    const startedAt = new Date().toISOString();
    const answering = performance.now();
    const { sentence } = answerFromRows({ question, columns: executed.columns, rows: executed.rows, truncated: executed.truncated, ...(executed.total.isExact ? { totalRows: executed.total.rows } : {}) });
    input.onStep?.({ name: 'answer', startedAt, durationMs: performance.now() - answering, outcome: 'ok', detail: { by: 'template', rows: executed.rowCount } });
    return { kind: 'answer', sentence, statement: generated, rows: executed };
  };
}
