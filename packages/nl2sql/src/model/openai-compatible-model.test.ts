import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenOff, json, raw, silent } from '../testing/converse-replies.js';
import { startLocalServer, type LocalServer, type Reply } from '../testing/local-server.js';
import { createOpenAiCompatibleModel, type OpenAiCompatibleModelOptions } from './openai-compatible-model.js';
import type { ModelEvent, ModelRequest } from './model-port.js';

let server: LocalServer;
beforeEach(async () => {
  server = await startLocalServer('http1');
});
afterEach(() => server.stop());

const request: ModelRequest = { system: [{ text: 'Rules.', cachePoint: true }, { text: 'Schema.' }], messages: [{ role: 'user', content: [{ type: 'text', text: 'How many?' }] }] };
const make = (options: Partial<OpenAiCompatibleModelOptions> = {}) => createOpenAiCompatibleModel({ baseUrl: `${server.url}/v1/`, model: 'local', apiKey: 'key', retry: { baseDelayMs: 1 }, ...options });
const completion = (message: unknown, finish = 'stop', usage: unknown = { prompt_tokens: 50, completion_tokens: 5 }): Reply => json(200, { id: 'c', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage });
const body = (index = 0): Record<string, unknown> => JSON.parse(server.received[index]?.body ?? '{}');

const events = (chunks: readonly (string | object)[], options: { readonly after?: number; readonly hang?: boolean; readonly cutAt?: number } = {}): Reply => async (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const wire = Buffer.from(chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\r\n\r\n`).join(''));
  const size = options.cutAt ?? wire.length;
  for (let at = 0; at < wire.length; at += size) {
    if (options.after !== undefined) await delay(options.after);
    response.write(wire.subarray(at, at + size));
  }
  if (options.hang !== true) response.end();
};
const delta = (content: string, finish: string | null = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });

describe('a chat completion', () => {
  it('sends the request in the documented shape', async () => {
    server.script(completion({ role: 'assistant', content: '42' }));
    const response = await make({ seed: 7 }).generate({ ...request, tools: [{ name: 'answer', description: 'Answers.', inputSchema: { type: 'object' } }], toolChoice: { name: 'answer' } });
    expect(response).toMatchObject({ content: [{ type: 'text', text: '42' }], stopReason: 'end', usage: { inputTokens: 50, outputTokens: 5 } });
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', headers: { authorization: 'Bearer key' } });
    expect(body()).toEqual({
      model: 'local',
      messages: [{ role: 'system', content: 'Rules.\n\nSchema.' }, { role: 'user', content: 'How many?' }],
      max_tokens: 2048,
      temperature: 0,
      seed: 7,
      tools: [{ type: 'function', function: { name: 'answer', description: 'Answers.', parameters: { type: 'object' } } }],
      tool_choice: { type: 'function', function: { name: 'answer' } },
    });
  });

  it('gives tool calls and their results both ways, also with arguments as an object', async () => {
    server.script(completion({ role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'answer', arguments: '{"sql":"SELECT 1"}' } }, { id: null, type: 'function', function: { name: 'answer', arguments: { sql: 'SELECT 2' } } }] }, 'tool_calls'), completion({ content: 'ok' }));
    const model = make();
    const { content, stopReason } = await model.generate(request);
    expect({ content, stopReason }).toEqual({ content: [{ type: 'tool-use', id: 'a', name: 'answer', input: { sql: 'SELECT 1' } }, { type: 'tool-use', id: 'call-1', name: 'answer', input: { sql: 'SELECT 2' } }], stopReason: 'tool-use' });
    await model.generate({ ...request, messages: [...request.messages, { role: 'assistant', content: content.slice(0, 1) }, { role: 'user', content: [{ type: 'tool-result', toolUseId: 'a', text: 'Refused.' }] }] });
    expect((body(1)['messages'] as unknown[]).slice(2)).toEqual([
      { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'answer', arguments: '{"sql":"SELECT 1"}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'Refused.' },
    ]);
  });

  it('joins a text that comes in parts, without those that are no answer', async () => {
    server.script(completion({ content: [{ type: 'reasoning', text: 'Let me see.' }, { type: 'text', text: 'SELECT ' }, { type: 'text', text: '1' }] }));
    expect((await make().generate(request)).content).toEqual([{ type: 'text', text: 'SELECT 1' }]);
  });

  it('keeps half a document of a call cut short as text, for the reader to refuse', async () => {
    server.script(completion({ content: null, tool_calls: [{ id: 'a', function: { name: 'answer', arguments: '{"sql":"SEL' } }] }, 'length'));
    expect(await make().generate(request)).toMatchObject({ content: [{ input: '{"sql":"SEL' }], stopReason: 'max-tokens' });
  });

  it.each([
    ['stop', 'end'],
    ['length', 'max-tokens'],
    ['tool_calls', 'tool-use'],
    ['content_filter', 'filtered'],
    [null, 'other'],
  ])('reads the finish reason %s as %s', async (finish, expected) => {
    server.script(completion({ content: 'x' }, finish as string));
    expect((await make().generate(request)).stopReason).toBe(expected);
  });

  it('takes a refusal for a filtered reply, and counts cached tokens apart', async () => {
    server.script(completion({ content: null, refusal: 'I cannot.' }), completion({ content: 'x' }, 'stop', { prompt_tokens: 50, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 40 } }), completion({ content: 'x' }, 'stop', null));
    expect(await make().generate(request)).toMatchObject({ content: [{ text: 'I cannot.' }], stopReason: 'filtered' });
    expect((await make().generate(request)).usage).toEqual({ inputTokens: 10, outputTokens: 5, cacheReadTokens: 40 });
    expect((await make().generate(request)).usage).toEqual({ inputTokens: 0, outputTokens: 0 });
  });
});

describe('a chat completion that fails', () => {
  it.each([
    ['throttling', json(429, { error: { message: 'slow down' } })],
    ['throttling with a wait', json(429, {}, { 'retry-after': '0' })],
    ['a gateway', raw(502, '<html>')],
    ['a body that is no JSON', raw(200, 'upstream timed out')],
    ['a body without choices', json(200, { choices: [] })],
    ['a connection broken off', brokenOff],
  ])('is repeated after %s', async (_name, failure) => {
    server.script(failure, failure, completion({ content: '42' }));
    expect((await make().generate(request)).content).toEqual([{ type: 'text', text: '42' }]);
  });

  it('throws what the endpoint said, with its code', async () => {
    server.script(json(401, { error: { message: 'bad key' } }));
    await expect(make().generate(request)).rejects.toMatchObject({ code: 'model-rejected', retryable: false, message: expect.stringContaining('bad key') });
    server.script(json(429, {}, { 'retry-after': '3600' }));
    await expect(make().generate(request)).rejects.toMatchObject({ code: 'model-throttled' });
    expect(server.received).toHaveLength(2);
  });

  it('gives up in time and when aborted', async () => {
    server.script(silent, silent);
    await expect(make({ callTimeoutMs: 40, retry: { retries: 0 } }).generate(request)).rejects.toMatchObject({ code: 'model-timeout' });
    await expect(make().generate({ ...request, signal: AbortSignal.timeout(40) })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('reports an endpoint that is not there', async () => {
    const { url } = server;
    await server.stop();
    await expect(createOpenAiCompatibleModel({ baseUrl: url, model: 'local', retry: { retries: 1, baseDelayMs: 1 } }).generate(request)).rejects.toMatchObject({ code: 'model-unavailable', retryable: true });
    server = await startLocalServer('http1');
  });
});

describe('a streamed chat completion', () => {
  const collect = async (options: Partial<OpenAiCompatibleModelOptions> = {}, signal?: AbortSignal) => {
    const all: ModelEvent[] = [];
    for await (const event of make(options).stream?.({ ...request, ...(signal === undefined ? {} : { signal }) }) ?? []) all.push(event);
    return all;
  };

  it.each([1, 3, 7, 64])('is whole when its bytes come %i at a time', async (cutAt) => {
    server.script(events([delta('SELECT '), delta('"größe" — ✓'), delta('', 'stop'), { choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } }, '[DONE]'], { cutAt }));
    const all = await collect();
    expect(all.at(-1)).toMatchObject({ type: 'response', response: { content: [{ type: 'text', text: 'SELECT "größe" — ✓' }], stopReason: 'end', usage: { inputTokens: 9, outputTokens: 4 } } });
    expect(body()).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('puts tool calls together', async () => {
    const call = (piece: object, finish: string | null = null) => ({ choices: [{ delta: { tool_calls: [piece] }, finish_reason: finish }] });
    server.script(events([call({ index: 0, id: 'a', function: { name: 'answer', arguments: '{"sql":' } }), call({ index: 0, function: { arguments: '"SELECT 1"}' } }), delta('', 'tool_calls'), '[DONE]']));
    expect((await collect()).at(-1)).toMatchObject({ response: { content: [{ type: 'tool-use', id: 'a', name: 'answer', input: { sql: 'SELECT 1' } }], stopReason: 'tool-use' } });
  });

  it('is repeated when it breaks before any text, and an error when it breaks later', async () => {
    server.script(events([{ error: { message: 'overloaded' } }]), events([delta('42', 'stop'), '[DONE]']));
    expect((await collect()).at(-1)).toMatchObject({ response: { content: [{ text: '42' }] } });
    server.script(events([delta('SELECT ')]));
    await expect(collect()).rejects.toMatchObject({ code: 'model-malformed-response' });
  });

  it('gives up when silent and when aborted', async () => {
    server.script(events([delta('SELECT ')], { hang: true }), events([delta('SELECT ')], { hang: true }));
    await expect(collect({ streamIdleTimeoutMs: 50 })).rejects.toMatchObject({ code: 'model-timeout' });
    await expect(collect({}, AbortSignal.timeout(60))).rejects.toMatchObject({ code: 'aborted' });
  });
});
