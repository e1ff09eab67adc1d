import type { Guard, Violation } from '@ask-aurora/sql-guard';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { extractReply, type ExtractedReply, type ExtractedStatement } from '../extraction/extract-reply.js';
import { generateByStream } from '../model/generate-by-stream.js';
import type { Model, ModelMessage, ModelRequest, ModelResponse, ModelUsage } from '../model/model-port.js';
import type { Prompt } from '../prompt/build-prompt.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { checkCandidate, type CheckedCandidate } from './check-candidate.js';
import type { DatabaseComplaint, DryRun } from './dry-run.js';
import { describeFailure, repairMessages, type RepairReason } from './repair-message.js';
import type { Attempt } from './text-to-sql-result.js';
import type { Tracer } from './tracer.js';
import type { UsageMeter } from './usage-meter.js';

/** How the attempts of one sample ended. */
export type CandidateOutcome =
  | { readonly kind: 'accepted'; readonly checked: Extract<CheckedCandidate, { outcome: 'accepted' }>; readonly explanation: string; readonly confidence: number | null; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'clarification'; readonly question: string; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'abstention'; readonly code: 'unanswerable' | 'no-valid-statement' | 'token-budget'; readonly reason: string; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'refusal'; readonly stage: 'guard' | 'model'; readonly rule: string; readonly reason: string; readonly violations: readonly Violation[]; readonly attempts: readonly Attempt[] };

export interface CandidateInput {
  readonly question: string;
  readonly artifact: SchemaArtifact;
  readonly prompt: Prompt;
  readonly today: string;
  readonly timeZone: string;
  readonly maxRows: number;
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly repairs: number;
  /** Reads replies as a stream where the model has one. */
  readonly streaming: boolean;
  readonly traceContent: boolean;
}

export interface CandidatePorts {
  readonly model: Model;
  readonly guard: Guard;
  readonly dryRun: DryRun | undefined;
  readonly tracer: Tracer;
  readonly meter: UsageMeter;
  readonly signal: AbortSignal;
  /** Told of each attempt when it is over. */
  readonly onAttempt: (attempt: Attempt) => void;
}

/** Asks the model, checks what it gives, and lets it repair what was wrong, up to `repairs` times. */
export async function generateCandidate(input: CandidateInput, ports: CandidatePorts): Promise<CandidateOutcome> {
  const attempts: Attempt[] = [];
  const messages: ModelMessage[] = [...input.prompt.messages];
  let previous: { readonly sql: string | null; readonly failure: RepairReason } | null = null;
  let maxTokens = input.maxTokens;
  let promptTokens = input.prompt.estimatedTokens;

  for (let number = 1; number <= input.repairs + 1; number += 1) {
    if (!ports.meter.allows(promptTokens, maxTokens)) {
      return { kind: 'abstention', code: 'token-budget', reason: 'The token budget of the question does not allow another call of the model.', attempts };
    }
    const startedAt = performance.now();
    const response = await askModel(input, ports, { messages, maxTokens, number, previous });
    const extracted = await ports.tracer.step('extract', () => extractReply(response.content), (reply) => ({ outcome: reply.kind === 'statement' ? 'ok' : 'refused', detail: { kind: reply.kind, ...(reply.kind === 'statement' ? { form: reply.form } : {}) } }));
    const record = (outcome: Attempt['outcome'], sql: string | null, reason: string, more: { readonly violations?: readonly Violation[]; readonly databaseError?: DatabaseComplaint } = {}) => {
      const attempt: Attempt = { number, sql, outcome, reason, violations: more.violations ?? [], databaseError: more.databaseError ?? null, latencyMs: performance.now() - startedAt };
      attempts.push(attempt);
      ports.onAttempt(attempt);
    };

    const settled = settledByReply(response, extracted);
    if (settled !== null) {
      record(settled.kind === 'refusal' ? 'refused' : settled.kind === 'clarification' ? 'clarification' : 'abstained', null, settled.kind === 'clarification' ? settled.question : settled.reason);
      return { ...settled, attempts };
    }

    const judgement = await judge(response, extracted, input, ports);
    if (judgement.kind === 'accepted') {
      const { statement, checked } = judgement;
      record('accepted', statement.sql, `Taken from the reply's ${statement.form}.`);
      return { kind: 'accepted', checked, explanation: statement.explanation, confidence: statement.confidence, attempts };
    }
    const { sql, failure } = judgement;
    record(failure.outcome, sql, describeFailure(failure), { ...(failure.outcome === 'guard' ? { violations: failure.violations } : {}), ...(failure.outcome === 'dry-run' ? { databaseError: failure.error } : {}) });
    const repair = repairMessages(response, sql, failure);
    messages.push(...repair);
    promptTokens += estimateTokens(JSON.stringify(repair));
    previous = { sql, failure };
    if (failure.outcome === 'truncated') maxTokens *= 2;
  }
  return unrepaired(previous?.failure ?? { outcome: 'no-statement', reason: 'No attempt was made.' }, attempts);
}

async function askModel(
  input: CandidateInput,
  ports: CandidatePorts,
  turn: { readonly messages: readonly ModelMessage[]; readonly maxTokens: number; readonly number: number; readonly previous: { readonly sql: string | null; readonly failure: RepairReason } | null },
): Promise<ModelResponse> {
  const { previous } = turn;
  return ports.tracer.step(
    'model',
    async () => {
      const request: ModelRequest = {
        system: input.prompt.system,
        messages: [...turn.messages],
        ...(input.prompt.tools.length === 0 ? {} : { tools: input.prompt.tools, toolChoice: input.prompt.toolChoice }),
        maxTokens: turn.maxTokens,
        ...(input.temperature === undefined ? {} : { temperature: input.temperature }),
        signal: ports.signal,
        task: {
          kind: 'text-to-sql',
          question: input.question,
          artifact: input.artifact,
          today: input.today,
          timeZone: input.timeZone,
          maxRows: input.maxRows,
          attempt: turn.number,
          ...(previous?.sql === null || previous?.sql === undefined ? {} : { previousSql: previous.sql }),
          ...(previous?.failure.outcome === 'guard' ? { violations: previous.failure.violations } : {}),
          ...(previous?.failure.outcome === 'dry-run' ? { databaseError: previous.failure.error } : {}),
        },
      };
      const response = input.streaming ? await generateByStream(ports.model, request) : await ports.model.generate(request);
      ports.meter.add(response.usage);
      return response;
    },
    (response) => ({ detail: { model: ports.model.id, attempt: turn.number, stopReason: response.stopReason, ...usageDetail(response.usage), latencyMs: Math.round(response.latencyMs) } }),
  );
}

/** Only what is known to be a count: an adapter of somebody else may hang anything on its usage. */
function usageDetail({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: ModelUsage): ModelUsage {
  return { inputTokens, outputTokens, ...(cacheReadTokens === undefined ? {} : { cacheReadTokens }), ...(cacheWriteTokens === undefined ? {} : { cacheWriteTokens }) };
}

/** What a reply decides without any statement. */
function settledByReply(response: ModelResponse, extracted: ExtractedReply): CandidateOutcomeWithoutAttempts | null {
  if (response.stopReason === 'guardrail') return { kind: 'refusal', stage: 'model', rule: 'guardrail', reason: "The provider's guardrail intervened.", violations: [] };
  if (response.stopReason === 'filtered') return { kind: 'refusal', stage: 'model', rule: 'content-filter', reason: "The provider's content filter withheld the reply.", violations: [] };
  if (response.stopReason === 'context-window') return { kind: 'abstention', code: 'token-budget', reason: "The prompt does not fit the model's context window; lower the schema's token budget." };
  if (response.stopReason === 'max-tokens') return null;
  if (extracted.kind === 'abstention') return { kind: 'abstention', code: 'unanswerable', reason: extracted.reason };
  if (extracted.kind === 'clarification') return { kind: 'clarification', question: extracted.question };
  return null;
}

type WithoutAttempts<T> = T extends unknown ? Omit<T, 'attempts'> : never;
type CandidateOutcomeWithoutAttempts = WithoutAttempts<Exclude<CandidateOutcome, { kind: 'accepted' }>>;

type Judgement =
  | { readonly kind: 'accepted'; readonly statement: ExtractedStatement; readonly checked: Extract<CheckedCandidate, { outcome: 'accepted' }> }
  | { readonly kind: 'failed'; readonly sql: string | null; readonly failure: RepairReason };

async function judge(response: ModelResponse, extracted: ExtractedReply, input: CandidateInput, ports: CandidatePorts): Promise<Judgement> {
  // A statement cut off in the middle can still be valid SQL that answers another question.
  if (response.stopReason === 'max-tokens') return { kind: 'failed', sql: null, failure: { outcome: 'truncated', reason: 'The reply was cut off at the token limit.' } };
  if (extracted.kind !== 'statement') return { kind: 'failed', sql: null, failure: { outcome: 'no-statement', reason: extracted.kind === 'none' ? extracted.reason : 'The reply holds no statement.' } };
  const checked = await checkCandidate(extracted, { ...ports, traceContent: input.traceContent });
  return checked.outcome === 'accepted' ? { kind: 'accepted', statement: extracted, checked } : { kind: 'failed', sql: extracted.sql, failure: checked };
}

function unrepaired(failure: RepairReason, attempts: readonly Attempt[]): CandidateOutcome {
  const reason = describeFailure(failure);
  if (failure.outcome === 'guard') return { kind: 'refusal', stage: 'guard', rule: failure.violations[0]?.rule ?? 'guard', reason, violations: failure.violations, attempts };
  return { kind: 'abstention', code: 'no-valid-statement', reason, attempts };
}
