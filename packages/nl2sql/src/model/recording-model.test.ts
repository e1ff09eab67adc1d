import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { json } from '../testing/converse-replies.js';
import { startLocalServer } from '../testing/local-server.js';
import { generateByStream } from './generate-by-stream.js';
import type { Model, ModelEvent, ModelRequest } from './model-port.js';
import { createOpenAiCompatibleModel } from './openai-compatible-model.js';
import { createRecordingModel, createReplayingModel } from './recording-model.js';
import { fileRecordings, memoryRecordings } from './recording-store.js';

const directories: string[] = [];
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});
const request = (text: string): ModelRequest => ({ system: [{ text: 'Rules.' }], messages: [{ role: 'user', content: [{ type: 'text', text }] }], signal: AbortSignal.timeout(5_000) });

describe('a recording', () => {
  it('of a real exchange is kept in a file and replayed without the endpoint', async () => {
    const server = await startLocalServer('http1');
    const directory = await mkdtemp(join(tmpdir(), 'recordings-'));
    directories.push(directory);
    const store = fileRecordings(join(directory, 'exchanges.jsonl'));
    server.script(...['one', 'two'].map((content) => json(200, { choices: [{ message: { content }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 1 } })));
    const model = createRecordingModel(createOpenAiCompatibleModel({ baseUrl: server.url, model: 'm' }), store);
    expect(model.id).toBe('openai-compatible:m');
    for (const _turn of [1, 2]) await model.generate(request('a'));
    await server.stop();

    const replay = createReplayingModel(store);
    const said = async () => (await replay.generate(request('a'))).content;
    expect([await said(), await said(), await said()]).toEqual([[{ type: 'text', text: 'one' }], [{ type: 'text', text: 'two' }], [{ type: 'text', text: 'two' }]]);
    await expect(replay.generate(request('b'))).rejects.toMatchObject({ code: 'recording-missing' });
    const events: ModelEvent[] = [];
    for await (const event of createReplayingModel(store).stream!(request('a'))) events.push(event);
    expect(events).toMatchObject([{ type: 'text-delta', text: 'one' }, { type: 'response', response: { usage: { inputTokens: 3 } } }]);
  });

  it('of a stream is kept too', async () => {
    const store = memoryRecordings();
    const response = { content: [{ type: 'text' as const, text: 'hi' }], stopReason: 'end' as const, usage: { inputTokens: 1, outputTokens: 1 }, latencyMs: 1 };
    const model: Model = {
      id: 'streaming',
      generate: () => Promise.reject(new Error('not asked')),
      async *stream() {
        yield { type: 'text-delta', text: 'hi' };
        yield { type: 'response', response };
      },
    };
    const pieces: string[] = [];
    expect(await generateByStream(createRecordingModel(model, store), request('a'), (delta) => pieces.push(delta))).toEqual(response);
    expect(pieces).toEqual(['hi']);
    expect(await createReplayingModel(store).generate(request('a'))).toEqual(response);
  });

  it('in a broken file is an error that names the line', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'recordings-'));
    directories.push(directory);
    const path = join(directory, 'x.jsonl');
    await writeFile(path, '{"key":1}\n');
    await expect(createReplayingModel(fileRecordings(path)).generate(request('a'))).rejects.toMatchObject({ code: 'recording-invalid', message: expect.stringContaining('x.jsonl:1') });
  });
});

describe('generating by a stream', () => {
  it('falls back to a plain call, and refuses a stream without an end', async () => {
    const response = { content: [], stopReason: 'end' as const, usage: { inputTokens: 0, outputTokens: 0 }, latencyMs: 0 };
    expect(await generateByStream({ id: 'plain', generate: () => Promise.resolve(response) }, request('a'))).toBe(response);
    await expect(generateByStream({ id: 'cut', generate: () => Promise.reject(new Error()), async *stream() { yield { type: 'text-delta', text: 'x' }; } }, request('a'))).rejects.toMatchObject({ code: 'model-malformed-response' });
  });
});
