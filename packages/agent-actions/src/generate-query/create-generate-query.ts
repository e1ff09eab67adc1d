import { Nl2SqlError, type SessionContext, type TextToSql, type TextToSqlResult, type TraceStep } from '@ask-aurora/nl2sql';
import { AgentActionsError } from '../agent-actions-error.js';
import type { AuditSink } from '../audit/audit-sink.js';
import { auditedQuestion, auditedRelations, auditedStatement, createAuditDraft, type AuditDraft } from '../audit/create-audit-draft.js';
import type { Caller } from '../caller/caller.js';
import type { CallerLimits } from '../limits/create-caller-limits.js';
import { createDeadline } from '../limits/create-deadline.js';
import { createStepRecorder } from '../trace/create-step-recorder.js';
import type { GenerateFailure, GenerateQueryResult } from './generate-query-result.js';

/** What generate-query works with. It has no database. */
export interface GenerateQueryPorts {
  readonly textToSql: TextToSql;
  readonly audit: AuditSink;
  /** The name of the model, for the record. @default none */
  readonly modelId?: string;
  /** ISO 4217, of the prices that the pipeline was given, for the record. @default 'USD' */
  readonly currency?: string;
  /** How a question is recorded. @default 'digest' */
  readonly recordQuestion?: 'digest' | 'text';
  readonly callerLimits?: CallerLimits;
  /** Milliseconds for a whole question, repairs included. @default 30_000 */
  readonly deadlineMs?: number;
  /** UTF-16 units of a question. @default 2_000 */
  readonly maxQuestionLength?: number;
  /** Hears of faults that callers are told nothing about; see `describeFault` for what may be logged of one. @default nobody */
  readonly onFault?: (error: unknown) => void;
  /** Wall clock in milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** One call. */
export interface GenerateQueryInput {
  readonly question: string;
  readonly caller: Caller;
  /** Earlier turns of the conversation. */
  readonly turns?: SessionContext['turns'];
  /** Milliseconds left to the caller; the configured deadline holds as well. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: TraceStep) => void;
}

/** Writes one guarded statement for a question, or says why not. */
export type GenerateQuery = (input: GenerateQueryInput) => Promise<GenerateQueryResult>;

type Failed = Omit<GenerateFailure, 'kind' | 'auditId'>;

/**
 * Makes the action that writes a statement: limits, deadline, the text-to-SQL pipeline, one audit record for each call.
 *
 * @example
 * ```ts
 * const generateQuery = createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model }), audit });
 * const result = await generateQuery({ question: 'How many students are there?', caller });
 * ```
 * @throws AgentActionsError `invalid-configuration` when a limit is not above 0.
 */
export function createGenerateQuery(ports: GenerateQueryPorts): GenerateQuery {
  const { textToSql, audit, recordQuestion = 'digest', callerLimits, deadlineMs = 30_000, maxQuestionLength = 2_000 } = ports;
  if (!(deadlineMs > 0) || !(maxQuestionLength > 0)) throw new AgentActionsError('invalid-configuration', 'deadlineMs and maxQuestionLength have to be above 0.');

  async function decide(input: GenerateQueryInput, draft: AuditDraft, onStep: (step: TraceStep) => void): Promise<GenerateQueryResult> {
    const auditId = draft.id;
    const refuse = (reason: string): GenerateQueryResult => ({ kind: 'refusal', stage: 'input', reason, violations: [], auditId });
    if (typeof input.question !== 'string' || input.question.trim() === '') return refuse('There is no question.');
    draft.note({ question: auditedQuestion(input.question, recordQuestion) });
    if (input.question.length > maxQuestionLength) return refuse(`The question is longer than ${maxQuestionLength} characters.`);

    const deadline = createDeadline(Math.min(deadlineMs, input.deadlineMs ?? deadlineMs), input.signal);
    try {
      const result = await textToSql.generate({
        question: input.question,
        signal: deadline.signal,
        deadlineMs: Math.max(1, Math.floor(deadline.remaining())),
        sessionContext: { tenant: input.caller.tenant, ...(input.turns === undefined ? {} : { turns: input.turns }) },
        onStep,
      });
      noteResult(result, draft, ports);
      callerLimits?.spend(input.caller, result.usage.inputTokens + result.usage.outputTokens);
      return toGenerateResult(result, auditId);
    } catch (error) {
      if (!deadline.expired && input.signal?.aborted !== true) ports.onFault?.(error);
      return { kind: 'failure', ...(deadline.expired ? timedOut : input.signal?.aborted === true ? gaveUp : shapeModelError(error)), auditId };
    } finally {
      deadline.dispose();
    }
  }

  return async (input) => {
    const draft = createAuditDraft('generate-query', input.caller, ports.now);
    const steps = createStepRecorder(input.onStep, ports.now);
    const admission = callerLimits?.enter(input.caller);
    let result: GenerateQueryResult;
    if (admission?.ok === false) {
      result = { kind: 'failure', code: admission.code, message: admission.message, hint: null, retryable: admission.retryAfterMs !== null, retryAfterMs: admission.retryAfterMs, auditId: draft.id };
    } else {
      try {
        result = await decide(input, draft, steps.add);
      } catch (error) {
        ports.onFault?.(error);
        result = { kind: 'failure', ...shapeModelError(error), auditId: draft.id };
      } finally {
        admission?.leave();
      }
    }
    const reasonCode = result.kind === 'refusal' ? result.stage : result.kind === 'failure' || result.kind === 'abstention' ? result.code : null;
    try {
      await audit.record(draft.finish({ outcome: result.kind, reasonCode, durations: { ...steps.durations, total: steps.total() } }));
    } catch (error) {
      ports.onFault?.(error);
      return { kind: 'failure', ...internal, message: 'The call could not be recorded, so its result is withheld.', auditId: draft.id };
    }
    return result;
  };
}

const failed = (facts: Partial<Failed> & Pick<Failed, 'code' | 'message'>): Failed => ({ hint: null, retryable: false, retryAfterMs: null, ...facts });
const internal = failed({ code: 'internal', message: 'No statement could be written.' });
const timedOut = failed({ code: 'timeout', message: 'Writing the statement took too long and was given up.', hint: 'Try again, or ask a simpler question.', retryable: true, retryAfterMs: 1_000 });
const gaveUp = failed({ code: 'aborted', message: 'The call was given up.', retryable: true });

/** Says what a model's or a schema's fault means to the caller, without the provider's own words. */
function shapeModelError(error: unknown): Failed {
  const code = Nl2SqlError.isInstance(error) ? error.code : undefined;
  if (code === 'model-throttled') return failed({ code: 'throttled', message: 'The model has too many calls.', hint: 'Try again in a few seconds.', retryable: true, retryAfterMs: 5_000 });
  if (code === 'model-timeout' || code === 'deadline-exceeded') return timedOut;
  if (code === 'aborted') return gaveUp;
  if (code?.startsWith('model-') === true) return failed({ code: 'model-unavailable', message: 'The model cannot be used.', hint: 'Try again later.', retryable: true, retryAfterMs: 5_000 });
  if (code?.startsWith('artifact-') === true) return failed({ code: 'schema-unavailable', message: 'The description of the database cannot be loaded.', hint: 'Try again later.', retryable: true, retryAfterMs: 5_000 });
  return internal;
}

function noteResult(result: TextToSqlResult, draft: AuditDraft, { modelId: id = null, currency = 'USD' }: { readonly modelId?: string | null; readonly currency?: string }): void {
  const source = result.kind === 'statement' ? result.source : 'model';
  const { inputTokens, outputTokens, cost } = result.usage;
  draft.note({ model: { id, source, inputTokens, outputTokens, cost, currency: cost === null ? null : currency } });
  if (result.kind === 'statement') {
    draft.note({
      statement: auditedStatement(result.sql, Object.keys(result.parameters)),
      relations: auditedRelations(result.relations),
      verdict: { accepted: true, rules: [] },
      cache: result.source === 'cache' ? 'hit' : 'off',
    });
  } else if (result.kind === 'refusal') draft.note({ verdict: { accepted: false, rules: [result.rule, ...result.violations.map((violation) => violation.rule)] } });
}

function toGenerateResult(result: TextToSqlResult, auditId: string): GenerateQueryResult {
  switch (result.kind) {
    case 'statement':
      return {
        kind: 'statement',
        sql: result.sql,
        parameters: result.parameters,
        explanation: result.explanation,
        relations: result.relations,
        confidence: result.confidence,
        source: result.source,
        attempts: result.attempts,
        auditId,
      };
    case 'clarification':
      return { kind: 'clarification', question: result.question, auditId };
    case 'abstention':
      return { kind: 'abstention', code: result.code, reason: result.reason, auditId };
    case 'refusal':
      return { kind: 'refusal', stage: result.stage, reason: result.reason, violations: result.violations, auditId };
  }
}
