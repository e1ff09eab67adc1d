import { createAgent } from '@ask-aurora/agent-actions';
import { createBedrockConverseModel, Nl2SqlError, type Model, type ModelEvent, type ModelResponse } from '@ask-aurora/nl2sql';
import { BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamOutput, type GuardrailStreamConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startLocalBedrock } from '../start-local-bedrock.js';

const opened: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});

const response = (content: ModelResponse['content']): ModelEvent => ({ type: 'response', response: { content, stopReason: content.some((each) => each.type === 'tool-use') ? 'tool-use' : 'end', usage: { inputTokens: 10, outputTokens: 5 }, latencyMs: 1 } });
const text = (piece: string): ModelEvent => ({ type: 'text-delta', text: piece });

const guardrail = { name: 'words', blockedInputMessaging: 'Not input.', blockedOutputsMessaging: 'Not output.', wordPolicyConfig: { wordsConfig: [{ text: 'payroll' }] } };

async function open(stream: NonNullable<Model['stream']>) {
  const bedrock = await startLocalBedrock({ agent: {}, guardrails: { gr1: guardrail }, models: { '*': { id: 'streaming', generate: () => Promise.reject(new Error('Only the stream is asked for.')), stream } } });
  const client = new BedrockRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
  opened.push({ stop: () => client.destroy() }, bedrock);
  return client;
}

const command = (guardrailConfig?: GuardrailStreamConfiguration, question = 'How many?') => new ConverseStreamCommand({ modelId: 'any', messages: [{ role: 'user', content: [{ text: question }] }], guardrailConfig });

async function* of(...events: (ModelEvent | Error)[]): AsyncGenerator<ModelEvent> {
  for (const event of events) {
    await Promise.resolve();
    if (event instanceof Error) throw event;
    yield event;
  }
}

async function collect(client: BedrockRuntimeClient, guardrailConfig?: GuardrailStreamConfiguration, question?: string): Promise<{ readonly events: readonly ConverseStreamOutput[]; readonly error: unknown }> {
  const events: ConverseStreamOutput[] = [];
  const { stream } = await client.send(command(guardrailConfig, question));
  try {
    for await (const event of stream ?? []) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

const namesOf = (events: readonly ConverseStreamOutput[]) => events.map((event) => Object.keys(event)[0]);

/** A model that says a word, and the next only when it is let go on. */
function gated() {
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  async function* stream(): AsyncGenerator<ModelEvent> {
    yield text('There are ');
    await gate;
    yield text('42.');
    yield response([{ type: 'text', text: 'There are 42.' }]);
  }
  onTestFinished(() => goOn());
  return { stream, goOn };
}

describe('ConverseStream', () => {
  it('sends each piece as the model says it, not when it has ended', async () => {
    const { stream, goOn } = gated();
    const client = await open(stream);
    const events = (await client.send(command())).stream?.[Symbol.asyncIterator]();
    expect((await events?.next())?.value).toEqual({ messageStart: { role: 'assistant' } });
    expect((await events?.next())?.value).toEqual({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'There are ' } } });
    goOn();
    expect((await events?.next())?.value).toEqual({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: '42.' } } });
    const rest: unknown[] = [];
    for (let next = await events?.next(); next?.done === false; next = await events?.next()) rest.push(next.value);
    expect(rest).toEqual([{ contentBlockStop: { contentBlockIndex: 0 } }, { messageStop: { stopReason: 'end_turn' } }, { metadata: { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 }, metrics: { latencyMs: 1 } } }]);
  });

  it('lets an agent show its answer as it comes, by way of the model adapter', async () => {
    const { stream, goOn } = gated();
    const agent = createAgent({ model: createBedrockConverseModel({ client: await open(stream), modelId: 'any' }), tools: [] });
    const turn = agent.respond({ text: 'How many?', caller: { sessionId: 's', principal: null, tenant: {}, front: 'converse' } });
    const nextText = async () => {
      for (let next = await turn.next(); next.done !== true; next = await turn.next()) if (next.value.type === 'text') return next.value.text;
      return undefined;
    };
    expect(await nextText()).toBe('There are ');
    goOn();
    expect(await nextText()).toBe('42.');
    expect(await nextText()).toBeUndefined();
  });

  it('sends the input of a tool in pieces, block after block', async () => {
    const call = { type: 'tool-use', id: 'tooluse_1', name: 'execute_query', input: { sql: `SELECT '${'größe 🎓 '.repeat(8)}'` } } as const;
    const empty = { type: 'tool-use', id: 'tooluse_2', name: 'describe', input: {} } as const;
    const client = await open(() => of(text('Let '), text('me.'), { type: 'tool-use', toolUse: call }, { type: 'tool-use', toolUse: empty }, response([{ type: 'text', text: 'Let me.' }, call, empty])));
    const { events } = await collect(client);
    const names = namesOf(events);
    expect(names.filter((name, index) => name !== 'contentBlockDelta' || names[index - 1] !== 'contentBlockDelta')).toEqual([
      'messageStart', 'contentBlockDelta', 'contentBlockStop', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata',
    ]);
    const pieces = events.flatMap((event) => (event.contentBlockDelta?.contentBlockIndex === 1 ? [event.contentBlockDelta.delta?.toolUse?.input ?? ''] : []));
    expect(pieces.length).toBeGreaterThan(3);
    expect(JSON.parse(pieces.join(''))).toEqual(call.input);
    expect(events.flatMap((event) => (event.contentBlockStart === undefined ? [] : [event.contentBlockStart]))).toEqual([
      { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'tooluse_1', name: 'execute_query' } } },
      { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'tooluse_2', name: 'describe' } } },
    ]);
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: 'tool_use' } });
  });

  it.each([
    ['is throttled', new Nl2SqlError({ code: 'model-throttled', message: 'words of the provider' }), 'ThrottlingException'],
    ['breaks', new Nl2SqlError({ code: 'model-unavailable', message: 'words of the provider' }), 'ModelStreamErrorException'],
    ['takes too long', new Nl2SqlError({ code: 'model-timeout', message: 'words of the provider' }), 'ModelStreamErrorException'],
    ['fails in another way', new TypeError('words of the program'), 'InternalServerException'],
  ])('ends with an exception when the model %s in the middle', async (_, failure, name) => {
    const { events, error } = await collect(await open(() => of(text('Half an '), failure)));
    expect(namesOf(events)).toEqual(['messageStart', 'contentBlockDelta']);
    expect(error).toMatchObject({ name });
    expect(String(error)).not.toContain('words of');
  });

  it('takes a stream without an end for a broken one', async () => {
    expect((await collect(await open(() => of(text('Half an '))))).error).toMatchObject({ name: 'InternalServerException' });
  });

  it('answers with a status when the model fails before its first word', async () => {
    const client = await open(() => of(new Nl2SqlError({ code: 'model-throttled', message: 'm' })));
    await expect(client.send(command())).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  });

  it('stops the model when the client goes away', async () => {
    let stopped = false;
    async function* endless(request: { readonly signal?: AbortSignal }): AsyncGenerator<ModelEvent> {
      try {
        for (;;) {
          yield text('and so on, ');
          await new Promise((resolve) => setTimeout(resolve, 5));
          request.signal?.throwIfAborted();
        }
      } finally {
        stopped = true;
      }
    }
    const client = await open(endless);
    const address = await client.config.endpoint?.();
    for (const leave of ['http/1.1', 'http/2'] as const) {
      stopped = false;
      await beginAndLeave(leave, `http://127.0.0.1:${address?.port ?? 0}`);
      await expect.poll(() => stopped).toBe(true);
    }
  });
});

describe('ConverseStream with a guardrail', () => {
  const config = (streamProcessingMode?: 'sync' | 'async') => ({ guardrailIdentifier: 'gr1', guardrailVersion: '1', trace: 'enabled' as const, ...(streamProcessingMode === undefined ? {} : { streamProcessingMode }) });
  const harmless = 'The answer is long and says nothing that anybody would mind. '.repeat(3);
  const words = (said: string) => (said.match(/\s*\S+/g) ?? []).map(text);
  const textOf = (events: readonly ConverseStreamOutput[]) => events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
  const stopOf = (events: readonly ConverseStreamOutput[]) => events.find((event) => event.messageStop !== undefined)?.messageStop?.stopReason;

  it.each(['sync', 'async'] as const)('%s lets the ordinary through, in pieces and whole', async (mode) => {
    const { events, error } = await collect(await open(() => of(...words(harmless), response([{ type: 'text', text: harmless }]))), config(mode));
    expect([error, textOf(events), stopOf(events)]).toEqual([undefined, harmless.trimEnd(), 'end_turn']);
    expect(events.filter((event) => event.contentBlockDelta !== undefined).length).toBeGreaterThan(1);
  });

  it.each([
    ['sync', undefined, (said: string) => !said.includes('payroll')],
    ['sync', 'sync', (said: string) => !said.includes('pay')],
    ['async', 'async', (said: string) => said.includes('payroll')],
  ] as const)('%s (asked for: %s) ends at what is not to be shown', async (_, mode, isRight) => {
    const said = [...words(harmless), text(' the pay'), text('roll'), ...words(` of all. ${harmless}`), response([])];
    const { events } = await collect(await open(() => of(...said)), config(mode));
    const shown = textOf(events);
    expect(shown.startsWith(harmless.slice(0, 60))).toBe(true);
    expect(shown.endsWith('Not output.')).toBe(true);
    expect(isRight(shown)).toBe(true);
    expect(shown.length).toBeLessThan(harmless.length + 150);
    expect(namesOf(events).slice(-3)).toEqual(['contentBlockStop', 'messageStop', 'metadata']);
    expect(stopOf(events)).toBe('guardrail_intervened');
    expect(events.at(-1)?.metadata).toMatchObject({ usage: { inputTokens: 10, outputTokens: 5 }, trace: { guardrail: { outputAssessments: { gr1: [{ wordPolicy: { customWords: [{ match: 'payroll' }] } }] } } } });
  });

  it('keeps a blocked input from the model, and a blocked word at the very end, or in a reply that comes as a whole', async () => {
    const input = await collect(await open(() => of(new Error('The model is not asked.'))), config(), 'the payroll?');
    expect([textOf(input.events), stopOf(input.events)]).toEqual(['Not input.', 'guardrail_intervened']);
    for (const end of [[text('the '), text('payroll'), response([])], [response([{ type: 'text', text: 'the payroll' }])]]) {
      expect(textOf((await collect(await open(() => of(...end)), config())).events)).toBe('Not output.');
    }
  });

  it('lets a call of a tool follow the text before it, and none follow what is blocked', async () => {
    const call = { type: 'tool-use', id: 'tooluse_1', name: 'execute_query', input: {} } as const;
    const follow = async (said: string) => (await collect(await open(() => of(text(said), { type: 'tool-use', toolUse: call }, response([{ type: 'text', text: said }, call]))), config())).events;
    expect(namesOf(await follow('Let me.'))).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockStop', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata']);
    expect((await follow('the payroll')).some((event) => event.contentBlockStart !== undefined)).toBe(false);
  });
});

/** Asks for a stream, waits for its first bytes, and breaks the connection. */
function beginAndLeave(protocol: 'http/1.1' | 'http/2', origin: string): Promise<void> {
  const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'q' }] }] });
  return new Promise((resolve, reject) => {
    if (protocol === 'http/1.1') {
      const sent = request(`${origin}/model/any/converse-stream`, { method: 'POST' }, (response) => response.once('data', () => (sent.destroy(), resolve())));
      sent.once('error', reject).end(body);
    } else {
      const session = connect(origin);
      const stream = session.once('error', reject).request({ ':method': 'POST', ':path': '/model/any/converse-stream' });
      stream.once('data', () => (session.destroy(), resolve()));
      stream.end(body);
    }
  });
}
