import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, type ServiceWords } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import { withRetries, type RetryPolicy } from '../waiting/with-retries.js';
import type { Model, ModelEvent, ModelRequest, ModelResponse } from './model-port.js';
import { failedResponse, describeFetchFailure } from './openai-failure.js';
import { chatRequest } from './openai-request.js';
import { readChatCompletion } from './openai-response.js';
import { readBounded } from './read-bounded.js';
import { requestTexts } from './request-texts.js';
import { readServerSentEvents } from './server-sent-events.js';
import { readChatStream } from './openai-stream.js';
import { streamEvents } from './stream-events.js';

export interface OpenAiCompatibleModelOptions {
  /** Up to and including the version, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** The model's name at that endpoint. */
  readonly model: string;
  /** Sent as a bearer token. */
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default 2048 */
  readonly maxTokens?: number;
  /** Newer models of OpenAI itself take `max_completion_tokens`. @default 'max_tokens' */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Null sends none, for models that refuse it. @default 0 */
  readonly temperature?: number | null;
  /** How JSON is asked of this model: small local models follow text better than tools. @default 'text' */
  readonly structuredOutput?: 'tool' | 'text';
  /** Fixed seed for endpoints that take one. @default none sent */
  readonly seed?: number;
  /** Retries of throttling, 5xx, timeouts and broken bodies. @default 4 retries from 400 ms, at most 20 s */
  readonly retry?: RetryPolicy;
  /** Milliseconds for one call without an answer. @default 120000 */
  readonly callTimeoutMs?: number;
  /** Milliseconds without an event before a stream is given up. @default 30000 */
  readonly streamIdleTimeoutMs?: number;
  /** How much of the endpoint's own words stands in errors: they may quote the prompt. @default 'masked' */
  readonly serviceWords?: ServiceWords;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A model behind any endpoint that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, and others.
 *
 * @example
 * const model = createOpenAiCompatibleModel({ baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen2.5-coder:7b' });
 *
 * @throws Nl2SqlError `model-throttled`, `model-unavailable`, `model-timeout`, `model-rejected`,
 *   `model-malformed-response` after the retries; `aborted` when the request's signal fires.
 */
export function createOpenAiCompatibleModel(options: OpenAiCompatibleModelOptions): Model {
  const { model, callTimeoutMs = 120_000, streamIdleTimeoutMs = 30_000, retry = {}, fetch = globalThis.fetch } = options;
  const url = `${options.baseUrl.replace(/\/+$/, '')}/chat/completions`;
  const what = `Chat completions with ${model}`;
  const headers = {
    'content-type': 'application/json',
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
    ...options.headers,
  };
  const settings = {
    model,
    maxTokens: options.maxTokens ?? 2_048,
    maxTokensField: options.maxTokensField ?? 'max_tokens',
    temperature: options.temperature === undefined ? 0 : options.temperature,
    seed: options.seed,
  } as const;
  const describer = (request: ModelRequest) => {
    const redactor = createRedactor(options.serviceWords ?? 'masked', requestTexts(request));
    return (error: unknown) => describeFetchFailure(error, what, redactor);
  };

  async function post(request: ModelRequest, streaming: boolean, signal: AbortSignal): Promise<Response> {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(chatRequest(request, settings, streaming)), signal, redirect: 'error' });
    if (!response.ok) throw await failedResponse(response);
    return response;
  }

  const timeoutError = () => new Nl2SqlError({ code: 'model-timeout', message: `${what}: no answer within ${callTimeoutMs} ms.`, retryable: true });

  async function generate(request: ModelRequest): Promise<ModelResponse> {
    const startedAt = performance.now();
    const output = await withRetries(
      () =>
        callWithin({ signal: request.signal, timeoutMs: callTimeoutMs, timeoutError }, async (signal) =>
          readChatCompletion(await readBounded((await post(request, false, signal)).body)),
        ),
      describer(request),
      retry,
      request.signal,
    );
    return { ...output, latencyMs: performance.now() - startedAt };
  }

  async function* stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const open = async (signal: AbortSignal) => readChatStream(readServerSentEvents((await post(request, true, signal)).body), { idleTimeoutMs: streamIdleTimeoutMs, signal, what });
    yield* streamEvents({ open, describe: describer(request), retry, timeoutMs: callTimeoutMs, timeoutError, signal: request.signal });
  }

  return { id: `openai-compatible:${model}`, structuredOutput: options.structuredOutput ?? 'text', generate, stream };
}
