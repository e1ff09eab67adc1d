import { Nl2SqlError } from '../nl2sql-error.js';
import { throwIfAborted } from '../waiting/abort-error.js';
import { requestKey } from './canonical-request.js';
import type { Model, ModelEvent, ModelRequest, ModelResponse } from './model-port.js';
import type { Recording, RecordingStore } from './recording-store.js';

/**
 * Passes everything through to a model and keeps each exchange, streams included, so that tests can replay real answers.
 *
 * @example
 * const model = createRecordingModel(createBedrockConverseModel({ client, modelId }), fileRecordings('exchanges.jsonl'));
 */
export function createRecordingModel(model: Model, store: RecordingStore): Model {
  const keep = (request: ModelRequest, response: ModelResponse) => {
    const { signal: _signal, task: _task, ...asked } = request;
    return store.append({ key: requestKey(request), modelId: model.id, recordedAt: new Date().toISOString(), request: asked, response: { ...response, content: response.content.map((content) => ({ ...content })) } });
  };
  const { stream } = model;
  return {
    ...model,
    async generate(request) {
      const response = await model.generate(request);
      await keep(request, response);
      return response;
    },
    ...(stream === undefined
      ? {}
      : {
          async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
            for await (const event of stream.call(model, request)) {
              if (event.type === 'response') await keep(request, event.response);
              yield event;
            }
          },
        }),
  };
}

/**
 * Answers from recordings alone. The same request recorded several times is answered in that order, then by the last.
 *
 * @throws Nl2SqlError `recording-missing` for a request that was never recorded, `recording-invalid` from the store
 */
export function createReplayingModel(store: RecordingStore, options: { readonly id?: string; readonly structuredOutput?: 'tool' | 'text' } = {}): Model {
  let loaded: Promise<ReadonlyMap<string, readonly Recording[]>> | undefined;
  const played = new Map<string, number>();
  const load = async () => {
    const byKey = new Map<string, Recording[]>();
    for (const recording of await store.load()) byKey.set(recording.key, [...(byKey.get(recording.key) ?? []), recording]);
    return byKey;
  };

  async function generate(request: ModelRequest): Promise<ModelResponse> {
    throwIfAborted(request.signal);
    loaded ??= load();
    const key = requestKey(request);
    const takes = (await loaded).get(key) ?? [];
    const turn = played.get(key) ?? 0;
    played.set(key, turn + 1);
    const take = takes[Math.min(turn, takes.length - 1)];
    if (take === undefined) throw new Nl2SqlError({ code: 'recording-missing', message: `No recording answers the request ${key.slice(0, 12)}. Record it again: its prompt, tools or limits have changed.` });
    const { usage, ...response } = take.response;
    return { ...response, usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, ...(usage.cacheReadTokens === undefined ? {} : { cacheReadTokens: usage.cacheReadTokens }), ...(usage.cacheWriteTokens === undefined ? {} : { cacheWriteTokens: usage.cacheWriteTokens }) } };
  }

  return {
    id: options.id ?? 'replay',
    ...(options.structuredOutput === undefined ? {} : { structuredOutput: options.structuredOutput }),
    generate,
    async *stream(request) {
      const response = await generate(request);
      for (const content of response.content) yield content.type === 'text' ? { type: 'text-delta', text: content.text } : { type: 'tool-use', toolUse: content };
      yield { type: 'response', response };
    },
  };
}
