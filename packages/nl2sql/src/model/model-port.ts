import type { ModelTask } from './model-task.js';

/** One block of the system prompt. `cachePoint` asks the provider to cache everything up to and including it. */
export interface SystemBlock {
  readonly text: string;
  /** @default false */
  readonly cachePoint?: boolean;
}

export interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

/** A tool call by the model. `input` is whatever JSON the model wrote: validate before use. */
export interface ToolUseContent {
  readonly type: 'tool-use';
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** What a tool returned, in a message of the user. */
export interface ToolResultContent {
  readonly type: 'tool-result';
  readonly toolUseId: string;
  readonly text: string;
  /** @default 'success' */
  readonly status?: 'success' | 'error';
}

/** A block of a model's response. */
export type ModelContent = TextContent | ToolUseContent;

/** A block of a request's message. `cachePoint` as in {@link SystemBlock}. */
export type MessageContent = (TextContent & { readonly cachePoint?: boolean }) | ToolUseContent | ToolResultContent;

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly MessageContent[];
}

/** A tool the model may call. `inputSchema` is a JSON Schema of type object. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** `auto`: the model decides; `any`: some tool must be called; `{ name }`: this tool must be called. */
export type ModelToolChoice = 'auto' | 'any' | { readonly name: string };

export interface ModelRequest {
  readonly system: readonly SystemBlock[];
  /** Alternating, a user's first. */
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  /** @default 'auto' when tools are given */
  readonly toolChoice?: ModelToolChoice;
  /** The most tokens to generate. @default the adapter's own */
  readonly maxTokens?: number;
  /** 0..1; absent: the adapter's own default. */
  readonly temperature?: number;
  readonly signal?: AbortSignal;
  /** The same request in structured form. Language models ignore it; `offline` answers from it alone. */
  readonly task?: ModelTask;
}

/**
 * Why the model stopped. `guardrail`: a guardrail of the provider intervened; `filtered`: the provider's content
 * filter; `malformed`: the provider could not parse the model's own output.
 */
export type ModelStopReason = 'end' | 'tool-use' | 'max-tokens' | 'stop-sequence' | 'guardrail' | 'filtered' | 'context-window' | 'malformed' | 'other';

/** Tokens of one call. `inputTokens` leaves out those read from or written to the provider's prompt cache. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
}

export interface ModelResponse {
  readonly content: readonly ModelContent[];
  readonly stopReason: ModelStopReason;
  readonly usage: ModelUsage;
  /** Wall time of the call in milliseconds, waiting for retries included. */
  readonly latencyMs: number;
}

/** What a stream yields: text as it comes, tool calls once they are whole, and the whole response at the end, once. */
export type ModelEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'tool-use'; readonly toolUse: ToolUseContent }
  | { readonly type: 'response'; readonly response: ModelResponse };

/**
 * A model behind a port. Implementations throw `Nl2SqlError` with a `model-*` code, or `aborted` when the signal fires;
 * a guardrail's or filter's intervention is a response with that stop reason, not an error.
 */
export interface Model {
  /** Stable name for caches, recordings and reports, such as `bedrock:anthropic.claude-sonnet-4`. */
  readonly id: string;
  /** Whether this model gives JSON more reliably by a forced tool call or as text. @default 'text' */
  readonly structuredOutput?: 'tool' | 'text';
  generate(request: ModelRequest): Promise<ModelResponse>;
  stream?(request: ModelRequest): AsyncIterable<ModelEvent>;
}
