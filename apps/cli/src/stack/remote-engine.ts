import type { TraceStep } from '@ask-aurora/nl2sql';
import type { QuestionEngine } from '../answer/ask-question.js';
import { readExecuted, readGenerated } from './action-reply.js';

export interface CallContext {
  /** Limits are counted by session. */
  readonly sessionId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Calls one of the two actions of a stack; gives the body of its reply. */
export type CallAction = (tool: 'generate_query' | 'execute_query', input: Readonly<Record<string, unknown>>, context: CallContext) => Promise<unknown>;

/** The two actions as they run in a stack, for whatever asks questions here. */
export function createRemoteEngine(database: string, call: CallAction, maxRows?: number): QuestionEngine {
  return {
    database,
    generateQuery: async ({ question, caller: { sessionId }, signal, onStep }) => readGenerated(await timed('generate_query', () => call('generate_query', { question }, { sessionId, signal }), onStep)),
    executeQuery: async ({ sql, parameters = {}, caller: { sessionId }, signal, onStep }) =>
      readExecuted(await timed('execute_query', () => call('execute_query', { sql, parameters, ...(maxRows === undefined ? {} : { max_rows: maxRows }) }, { sessionId, signal }), onStep), sql),
  };
}

async function timed<T>(name: string, work: () => Promise<T>, onStep: ((step: TraceStep) => void) | undefined): Promise<T> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const told = (outcome: TraceStep['outcome']) => onStep?.({ name, startedAt, durationMs: performance.now() - started, outcome, detail: {} });
  try {
    const value = await work();
    told('ok');
    return value;
  } catch (error) {
    told('failed');
    throw error;
  }
}
