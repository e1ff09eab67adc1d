import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsError, brokenOff, converseMessage, converseStream, converseText, converseTool, raw, silent, silentAborting, textEvents } from '../testing/converse-replies.js';
import { startLocalServer, type LocalServer } from '../testing/local-server.js';
import { createBedrockConverseModel, type BedrockConverseModelOptions } from './bedrock-converse-model.js';
import type { ModelEvent, ModelRequest } from './model-port.js';

let server: LocalServer;
let client: BedrockRuntimeClient;

beforeEach(async () => {
  server = await startLocalServer('http2');
  client = new BedrockRuntimeClient({ endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const request: ModelRequest = { system: [{ text: 'Rules.', cachePoint: true }, { text: 'Schema.' }], messages: [{ role: 'user', content: [{ type: 'text', text: 'How many?' }] }] };
const make = (options: Partial<BedrockConverseModelOptions> = {}) => createBedrockConverseModel({ client, modelId: 'eu.anthropic.claude-sonnet-4-20250514-v1:0', retry: { baseDelayMs: 1 }, ...options });
const body = (index = 0): Record<string, unknown> => JSON.parse(server.received[index]?.body ?? '{}');

describe('a Converse call', () => {
  it('sends the request in the API\'s shape, signed, with the cache point after its block', async () => {
    server.script(converseText('42', { usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10, cacheReadInputTokens: 900, cacheWriteInputTokens: 11 } }));
    const response = await make({ guardrail: { identifier: 'gr-1', version: '3' } }).generate({
      ...request,
      tools: [{ name: 'answer', description: 'Answers.', inputSchema: { type: 'object' } }],
      toolChoice: { name: 'answer' },
      maxTokens: 77,
    });
    expect(response).toMatchObject({ content: [{ type: 'text', text: '42' }], stopReason: 'end', usage: { inputTokens: 7, outputTokens: 3, cacheReadTokens: 900, cacheWriteTokens: 11 } });
    expect(server.received[0]?.path).toBe('/model/eu.anthropic.claude-sonnet-4-20250514-v1%3A0/converse');
    expect(server.received[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
    expect(body()).toEqual({
      system: [{ text: 'Rules.' }, { cachePoint: { type: 'default' } }, { text: 'Schema.' }],
      messages: [{ role: 'user', content: [{ text: 'How many?' }] }],
      inferenceConfig: { maxTokens: 77, temperature: 0 },
      toolConfig: { tools: [{ toolSpec: { name: 'answer', description: 'Answers.', inputSchema: { json: { type: 'object' } } } }], toolChoice: { tool: { name: 'answer' } } },
      guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '3' },
    });
  });

  it('leaves cache points out for models that refuse them, and the temperature when told to', async () => {
    server.script(converseText('ok'));
    await make({ modelId: 'meta.llama3-70b-instruct-v1:0', temperature: null }).generate(request);
    expect(body()).toMatchObject({ system: [{ text: 'Rules.' }, { text: 'Schema.' }], inferenceConfig: { maxTokens: 2048 } });
    expect(JSON.stringify(body())).not.toContain('temperature');
  });

  it('gives tool calls and their results both ways', async () => {
    server.script(converseTool({ sql: 'SELECT 1' }), converseText('done'));
    const model = make();
    const { content, stopReason } = await model.generate(request);
    expect({ content, stopReason }).toEqual({ content: [{ type: 'tool-use', id: 'tool-1', name: 'answer_with_sql', input: { sql: 'SELECT 1' } }], stopReason: 'tool-use' });
    await model.generate({ ...request, messages: [...request.messages, { role: 'assistant', content }, { role: 'user', content: [{ type: 'tool-result', toolUseId: 'tool-1', text: 'Refused.', status: 'error' }] }] });
    expect((body(1)['messages'] as unknown[]).slice(1)).toEqual([
      { role: 'assistant', content: [{ toolUse: { toolUseId: 'tool-1', name: 'answer_with_sql', input: { sql: 'SELECT 1' } } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'tool-1', content: [{ text: 'Refused.' }], status: 'error' } }] },
    ]);
  });

  it.each([
    ['end_turn', 'end'],
    ['tool_use', 'tool-use'],
    ['max_tokens', 'max-tokens'],
    ['stop_sequence', 'stop-sequence'],
    ['guardrail_intervened', 'guardrail'],
    ['content_filtered', 'filtered'],
    ['model_context_window_exceeded', 'context-window'],
    ['malformed_tool_use', 'malformed'],
    ['something_new', 'other'],
  ])('reads the stop reason %s as %s', async (stopReason, expected) => {
    server.script(converseText('x', { stopReason }));
    expect((await make().generate(request)).stopReason).toBe(expected);
  });

  it('passes reasoning and unknown blocks over', async () => {
    server.script(converseMessage([{ reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'answer' }]));
    expect((await make().generate(request)).content).toEqual([{ type: 'text', text: 'answer' }]);
  });
});

describe('a Converse call that fails', () => {
  it.each([
    ['throttling', awsError(429, 'ThrottlingException', 'Too many requests')],
    ['a model that is not ready', awsError(429, 'ModelNotReadyException')],
    ['an internal fault', awsError(500, 'InternalServerException')],
    ['an unavailable service', awsError(503, 'ServiceUnavailableException')],
    ['a model timeout', awsError(408, 'ModelTimeoutException')],
    ['a body that is no JSON', raw(200, '<html>Bad gateway</html>')],
    ['a body without a message', raw(200, '{"stopReason":"end_turn"}')],
    ['a connection broken off', brokenOff],
  ])('is repeated after %s', async (_name, failure) => {
    server.script(failure, failure, converseText('42'));
    expect((await make().generate(request)).content).toEqual([{ type: 'text', text: '42' }]);
    expect(server.received).toHaveLength(3);
  });

  it.each([
    ['ThrottlingException', 429, 'model-throttled', true, 3],
    ['InternalServerException', 500, 'model-unavailable', true, 3],
    ['ModelTimeoutException', 408, 'model-timeout', true, 3],
    ['ValidationException', 400, 'model-rejected', false, 1],
    ['AccessDeniedException', 403, 'model-rejected', false, 1],
    ['ResourceNotFoundException', 404, 'model-rejected', false, 1],
  ])('throws after %s for good', async (type, status, code, retryable, calls) => {
    server.script(awsError(status, type), awsError(status, type), awsError(status, type));
    await expect(make({ retry: { retries: 2, baseDelayMs: 1 } }).generate(request)).rejects.toMatchObject({ name: 'Nl2SqlError', code, retryable });
    expect(server.received).toHaveLength(calls);
  });

  it('gives up a call that is not answered in time, and says so', async () => {
    server.script(silent, silent);
    await expect(make({ callTimeoutMs: 1_000, retry: { retries: 1, baseDelayMs: 1 } }).generate(request)).rejects.toMatchObject({ code: 'model-timeout' });
    expect(server.received).toHaveLength(2);
  });

  it('ends at once when the caller aborts, also while it waits to retry', async () => {
    const first = new AbortController();
    server.script(silentAborting(first));
    await expect(make().generate({ ...request, signal: first.signal })).rejects.toMatchObject({ code: 'aborted' });
    server.script(awsError(429, 'ThrottlingException'));
    const controller = new AbortController();
    const retrying = make({ retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } }).generate({ ...request, signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(retrying).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('a Converse stream', () => {
  const collect = async (events: AsyncIterable<ModelEvent>) => {
    const all: ModelEvent[] = [];
    for await (const event of events) all.push(event);
    return all;
  };
  const stream = (options?: Partial<BedrockConverseModelOptions>, signal?: AbortSignal) => collect(make(options).stream!({ ...request, ...(signal === undefined ? {} : { signal }) }));
  const text = (events: readonly ModelEvent[]) => events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('');
  const response = (events: readonly ModelEvent[]) => events.flatMap((event) => (event.type === 'response' ? [event.response] : []));

  it('gives the text as it comes and the whole at the end', async () => {
    server.script(converseStream(textEvents(['SELECT ', 'count(*) ', 'FROM "größe"'])));
    const events = await stream();
    expect(text(events)).toBe('SELECT count(*) FROM "größe"');
    expect(response(events)).toMatchObject([{ content: [{ type: 'text', text: 'SELECT count(*) FROM "größe"' }], stopReason: 'end', usage: { inputTokens: 100, outputTokens: 20 } }]);
  });

  it('loses nothing of a slow stream', async () => {
    const pieces = Array.from({ length: 12 }, (_, index) => `piece ${index}; `);
    server.script(converseStream(textEvents(pieces, { after: 25 })));
    const events = await stream({ streamIdleTimeoutMs: 2_000 });
    expect(text(events)).toBe(pieces.join(''));
    expect(response(events)).toHaveLength(1);
  });

  it('puts a tool call together from its pieces', async () => {
    server.script(
      converseStream([
        { type: 'contentBlockStart', body: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't1', name: 'answer_with_sql' } } } },
        { type: 'contentBlockDelta', body: { contentBlockIndex: 0, delta: { toolUse: { input: '{"sql":"SEL' } } } },
        { type: 'contentBlockDelta', body: { contentBlockIndex: 0, delta: { toolUse: { input: 'ECT 1"}' } } } },
        { type: 'contentBlockStop', body: { contentBlockIndex: 0 } },
        { type: 'messageStop', body: { stopReason: 'tool_use' } },
      ]),
    );
    expect(response(await stream())).toMatchObject([{ content: [{ type: 'tool-use', id: 't1', name: 'answer_with_sql', input: { sql: 'SELECT 1' } }], stopReason: 'tool-use' }]);
  });

  it('says that a reply was cut off or that a guardrail intervened', async () => {
    server.script(converseStream(textEvents(['SELECT'], { stopReason: 'max_tokens' })), converseStream(textEvents(['No.'], { stopReason: 'guardrail_intervened' })));
    expect(response(await stream())[0]?.stopReason).toBe('max-tokens');
    expect(response(await stream())[0]?.stopReason).toBe('guardrail');
  });

  it('repeats a stream whose exception comes before any text', async () => {
    server.script(converseStream([{ type: 'throttlingException', body: { message: 'slow down' }, exception: true }]), converseStream(textEvents(['42'])));
    expect(text(await stream())).toBe('42');
    expect(server.received).toHaveLength(2);
  });

  it('never passes half an answer off as a whole one', async () => {
    const half = textEvents(['SELECT a FROM t ']).slice(0, 2);
    server.script(converseStream(half));
    await expect(stream()).rejects.toMatchObject({ code: 'model-malformed-response' });
    server.script(converseStream([...half, { type: 'modelStreamErrorException', body: { message: 'broken' }, exception: true }]));
    await expect(stream()).rejects.toMatchObject({ code: 'model-unavailable' });
  });

  it('gives up a stream that falls silent', async () => {
    server.script(converseStream(textEvents(['SELECT ']).slice(0, 2), { hangAtEnd: true }));
    await expect(stream({ streamIdleTimeoutMs: 60 })).rejects.toMatchObject({ code: 'model-timeout' });
  });

  it('ends when the caller aborts in the middle', async () => {
    server.script(converseStream(textEvents(['SELECT ']).slice(0, 2), { hangAtEnd: true }));
    await expect(stream({}, AbortSignal.timeout(80))).rejects.toMatchObject({ code: 'aborted' });
  });
});
