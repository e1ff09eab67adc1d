import { Nl2SqlError } from '../nl2sql-error.js';
import { createRedactor, type ServiceWords } from '../redaction/redactor.js';
import { callWithin } from '../waiting/call-within.js';
import { withRetries, type RetryPolicy } from '../waiting/with-retries.js';
import type { AwsClient } from './aws-client.js';
import { describeAwsFailure } from './aws-failure.js';
import { readConverseResponse } from './converse-response.js';
import { readConverseStream, type ConverseStreamEvent } from './converse-stream.js';
import { converseRequest, supportsPromptCaching, type ConverseSettings } from './converse-request.js';
import type { Model, ModelEvent, ModelRequest, ModelResponse } from './model-port.js';
import { requestTexts } from './request-texts.js';
import { streamEvents } from './stream-events.js';

export interface BedrockConverseModelOptions {
  /** A `BedrockRuntimeClient` (or `BedrockRuntime`) of `@aws-sdk/client-bedrock-runtime`. */
  readonly client: AwsClient;
  /** A model id, an inference profile's id or ARN, or a provisioned model's ARN. */
  readonly modelId: string;
  /** A Bedrock guardrail applied to every call; its intervention is the stop reason `guardrail`. */
  readonly guardrail?: { readonly identifier: string; readonly version: string };
  /** @default 2048 */
  readonly maxTokens?: number;
  /** Null sends none, for models that refuse it. @default 0 */
  readonly temperature?: number | null;
  /** How JSON is asked of this model: by a forced tool call, or as text for models without tool choice. @default 'tool' */
  readonly structuredOutput?: 'tool' | 'text';
  /** Whether cache points are sent. @default true for model ids known to support them */
  readonly promptCaching?: boolean;
  /** Key-value pairs for the account's invocation logs. Never put question text here. */
  readonly requestMetadata?: Readonly<Record<string, string>>;
  /** Retries on top of the SDK's own. @default 4 retries from 400 ms, at most 20 s */
  readonly retry?: RetryPolicy;
  /** Milliseconds for one call without an answer. @default 60000 */
  readonly callTimeoutMs?: number;
  /** Milliseconds without an event before a stream is given up. @default 30000 */
  readonly streamIdleTimeoutMs?: number;
  /** How much of the service's own words stands in errors: they may quote the prompt. @default 'masked' */
  readonly serviceWords?: ServiceWords;
}

/**
 * A model behind the Converse API of Amazon Bedrock.
 *
 * @example
 * const model = createBedrockConverseModel({ client: new BedrockRuntimeClient({}), modelId: 'eu.anthropic.claude-sonnet-4-20250514-v1:0' });
 *
 * @throws Nl2SqlError `model-throttled`, `model-unavailable`, `model-timeout`, `model-rejected`,
 *   `model-malformed-response` after the retries; `aborted` when the request's signal fires.
 */
export function createBedrockConverseModel(options: BedrockConverseModelOptions): Model {
  const { client, modelId, callTimeoutMs = 60_000, streamIdleTimeoutMs = 30_000, retry = {} } = options;
  const settings: ConverseSettings = {
    modelId,
    maxTokens: options.maxTokens ?? 2_048,
    temperature: options.temperature === undefined ? 0 : options.temperature,
    promptCaching: options.promptCaching ?? supportsPromptCaching(modelId),
    guardrail: options.guardrail,
    requestMetadata: options.requestMetadata,
  };
  const what = `Bedrock Converse with ${modelId}`;
  const describer = (request: ModelRequest) => {
    const redactor = createRedactor(options.serviceWords ?? 'masked', requestTexts(request));
    return (error: unknown) => describeAwsFailure(error, what, redactor);
  };

  const timeoutError = () => new Nl2SqlError({ code: 'model-timeout', message: `${what}: no answer within ${callTimeoutMs} ms.`, retryable: true });

  async function generate(request: ModelRequest): Promise<ModelResponse> {
    const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
    const startedAt = performance.now();
    const output = await withRetries(
      () =>
        callWithin({ signal: request.signal, timeoutMs: callTimeoutMs, timeoutError }, async (abortSignal) =>
          readConverseResponse(await client.send(new ConverseCommand(converseRequest(request, settings)), { abortSignal })),
        ),
      describer(request),
      retry,
      request.signal,
    );
    return { ...output, latencyMs: performance.now() - startedAt };
  }

  async function* stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
    const open = async (signal: AbortSignal) => {
      const reply = (await client.send(new ConverseStreamCommand(converseRequest(request, settings)), { abortSignal: signal })) as { readonly stream?: AsyncIterable<ConverseStreamEvent> };
      if (reply.stream === undefined) throw new Nl2SqlError({ code: 'model-malformed-response', message: `${what}: the response holds no stream.`, retryable: true });
      return readConverseStream(reply.stream, { idleTimeoutMs: streamIdleTimeoutMs, signal, what });
    };
    yield* streamEvents({ open, describe: describer(request), retry, timeoutMs: callTimeoutMs, timeoutError, signal: request.signal });
  }

  return { id: `bedrock:${modelId}`, structuredOutput: options.structuredOutput ?? 'tool', generate, stream };
}
