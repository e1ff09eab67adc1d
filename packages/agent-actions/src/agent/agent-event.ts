import type { ModelMessage, ModelRequest, ModelResponse, TraceStep } from '@ask-aurora/nl2sql';

/** A call of a tool that the model asked for. */
export interface AgentToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** What a tool gave back. `fatal` ends the turn: the tool itself is broken and the model cannot help. */
export interface AgentToolResult {
  readonly text: string;
  readonly status: 'success' | 'error';
  readonly fatal?: boolean;
}

/** Why a turn ended. */
export type AgentStop = 'answered' | 'return-control' | 'guardrail-input' | 'guardrail-output' | 'turn-limit' | 'token-budget' | 'tool-failure' | 'max-tokens';

/**
 * What happens in a turn, as it happens. `text` holds pieces of the answer for the reader; everything else is trace.
 * `done` comes last, once; an agent that fails throws instead.
 */
export type AgentEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'guardrail'; readonly source: 'input' | 'output'; readonly verdict: GuardrailVerdict }
  | { readonly type: 'model-input'; readonly round: number; readonly request: ModelRequest }
  | { readonly type: 'model-output'; readonly round: number; readonly response: ModelResponse }
  | { readonly type: 'tool-call'; readonly call: AgentToolCall }
  | { readonly type: 'step'; readonly step: TraceStep }
  | { readonly type: 'tool-result'; readonly call: AgentToolCall; readonly result: AgentToolResult }
  | { readonly type: 'return-control'; readonly calls: readonly AgentToolCall[] }
  | { readonly type: 'done'; readonly stop: AgentStop; readonly text: string; readonly messages: readonly ModelMessage[]; readonly usage: { readonly inputTokens: number; readonly outputTokens: number } };

/** One finding of a guardrail. */
export interface GuardrailFinding {
  readonly policy: 'topic' | 'word' | 'content';
  readonly name: string;
  readonly match?: string;
}

/** What a guardrail says of a text; `message` is shown instead of a blocked one. */
export type GuardrailVerdict = { readonly blocked: false } | { readonly blocked: true; readonly message: string; readonly findings: readonly GuardrailFinding[] };

/** A guardrail around a turn. */
export interface Guardrail {
  check(source: 'input' | 'output', text: string, options: { readonly signal?: AbortSignal }): GuardrailVerdict | Promise<GuardrailVerdict>;
}
