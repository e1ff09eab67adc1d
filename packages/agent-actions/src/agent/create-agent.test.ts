import type { Model } from '@ask-aurora/nl2sql';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller/caller.js';
import { createCallerLimits } from '../limits/create-caller-limits.js';
import { createScriptedModel } from '../testing/scripted-model.js';
import type { AgentEvent, Guardrail } from './agent-event.js';
import { createActionAgentTools, type AgentTool } from './agent-tool.js';
import { createAgent, type Agent, type AgentInput } from './create-agent.js';

const caller: Caller = { sessionId: 's', principal: null, tenant: {}, front: 'converse' };
const use = (id: string, input: unknown = {}, name = 'look') => ({ type: 'tool-use', id, name, input }) as const;
const text = (value: string) => ({ type: 'text', text: value }) as const;
const tool = (invoke?: AgentTool['invoke']): AgentTool => ({ name: 'look', description: 'd', inputSchema: { type: 'object' }, ...(invoke === undefined ? {} : { invoke }) });

async function run(agent: Agent, input: Partial<AgentInput> = { text: 'Hello?' }): Promise<{ readonly events: readonly AgentEvent[]; readonly shown: string; readonly done: Extract<AgentEvent, { readonly type: 'done' }> }> {
  const events: AgentEvent[] = [];
  for await (const event of agent.respond({ caller, ...input })) events.push(event);
  const done = events.at(-1);
  if (done?.type !== 'done') throw new Error('The turn did not end with done.');
  return { events, done, shown: events.map((event) => (event.type === 'text' ? event.text : '')).join('') };
}

describe('an agent', () => {
  it('calls tools until the model answers, and tells of it in order', async () => {
    const model = createScriptedModel([[text('Let me look. '), use('1', { at: 'x' })], [text('Forty-two.')]]);
    const { events, done, shown } = await run(createAgent({ model, tools: [tool((call) => Promise.resolve({ text: `saw ${JSON.stringify(call.input)}`, status: 'success' }))] }));
    expect(events.map((event) => event.type)).toEqual(['model-input', 'text', 'model-output', 'tool-call', 'tool-result', 'model-input', 'text', 'model-output', 'done']);
    expect(shown).toBe('Let me look. Forty-two.');
    expect(done).toMatchObject({ stop: 'answered', text: 'Forty-two.', usage: { inputTokens: 20, outputTokens: 10 } });
    expect(model.requests[1]?.messages.at(-1)).toEqual({ role: 'user', content: [{ type: 'tool-result', toolUseId: '1', text: 'saw {"at":"x"}', status: 'success' }] });
  });

  it('streams text as the model writes it', async () => {
    const { events } = await run(createAgent({ model: createScriptedModel([[text('one two three')]], { streams: true }), tools: [] }));
    expect(events.filter((event) => event.type === 'text').map((event) => event.text)).toEqual(['one ', 'two ', 'three']);
  });

  it('goes on with a conversation that it gave out', async () => {
    const model = createScriptedModel([[text('One.')], [text('Two.')]]);
    const agent = createAgent({ model, tools: [] });
    const first = await run(agent, { text: 'First?' });
    await run(agent, { text: 'Second?', messages: first.done.messages });
    expect(model.requests[1]?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
  });

  it('hands out calls of tools that it cannot make, and takes their results', async () => {
    const model = createScriptedModel([[use('7', { q: 1 })], [text('Done.')]]);
    const agent = createAgent({ model, tools: [tool()] });
    const first = await run(agent);
    expect(first.events.find((event) => event.type === 'return-control')).toMatchObject({ calls: [{ id: '7', name: 'look', input: { q: 1 } }] });
    expect(first.done.stop).toBe('return-control');
    const second = await run(agent, { messages: first.done.messages, toolResults: [{ id: '7', result: { text: 'r', status: 'success' } }] });
    expect(second.done).toMatchObject({ stop: 'answered', text: 'Done.' });
  });

  it('tells the model of a tool that is not there', async () => {
    const model = createScriptedModel([[use('1', {}, 'delete_all')], [text('Sorry.')]]);
    await run(createAgent({ model, tools: [tool(() => Promise.resolve({ text: '', status: 'success' }))] }));
    expect(model.requests[1]?.messages.at(-1)?.content[0]).toMatchObject({ type: 'tool-result', status: 'error' });
  });

  it('gives up after so many rounds', async () => {
    const model = createScriptedModel(Array.from({ length: 9 }, (_, index) => [use(String(index))]));
    const { done } = await run(createAgent({ model, tools: [tool(() => Promise.resolve({ text: '', status: 'success' }))], maxRounds: 3 }));
    expect(done.stop).toBe('turn-limit');
    expect(model.requests).toHaveLength(3);
  });

  it('stops when the tokens of the session are used up', async () => {
    const callerLimits = createCallerLimits({ tokens: 25 });
    const model = createScriptedModel(Array.from({ length: 9 }, (_, index) => [use(String(index))]));
    const agent = createAgent({ model, callerLimits, tools: [tool(() => Promise.resolve({ text: '', status: 'success' }))] });
    expect((await run(agent)).done.stop).toBe('token-budget');
    expect(model.requests).toHaveLength(2);
    expect((await run(agent)).done).toMatchObject({ stop: 'token-budget', text: expect.stringContaining('used up') as string });
  });

  it('ends the turn when a tool is broken', async () => {
    const { done } = await run(createAgent({ model: createScriptedModel([[use('1')]]), tools: [tool(() => Promise.resolve({ text: 'broken', status: 'error', fatal: true }))] }));
    expect(done).toMatchObject({ stop: 'tool-failure', text: 'broken' });
  });

  it('blames no model for a tool that throws', async () => {
    const cause = new Error('broken');
    await expect(run(createAgent({ model: createScriptedModel([[use('1')]]), tools: [tool(() => Promise.reject(cause))] }))).rejects.toMatchObject({ code: 'tool-failed', cause, message: expect.stringContaining('look') as string });
  });

  it.each(['no object', null, [], { sql: 7 }, { sql: 'SELECT 1', parameters: 'no JSON' }])('gives the model what it got wrong of a call, as a result: %j', async (input) => {
    const model = createScriptedModel([[use('1', input, 'execute_query')], [text('Sorry.')]]);
    await run(createAgent({ model, tools: createActionAgentTools({ executeQuery: () => Promise.reject(new Error('This is not reached.')) }) }));
    expect(model.requests[1]?.messages.at(-1)?.content[0]).toMatchObject({ type: 'tool-result', status: 'error', text: expect.stringContaining('malformed') as string });
  });

  it('keeps its deadline while a tool hangs, and says so', async () => {
    const hanging = tool(async (_, { signal }) => {
      await sleep(60_000, undefined, { signal });
      return { text: '', status: 'success' };
    });
    await expect(run(createAgent({ model: createScriptedModel([[use('1')]]), tools: [hanging], deadlineMs: 100 }))).rejects.toMatchObject({ code: 'model-failed', message: expect.stringContaining('100 ms') as string });
  });

  it('tells apart a caller who gave up and a model that failed', async () => {
    const cause = new Error('secret words of the provider');
    const failing = createAgent({ model: createScriptedModel([cause]), tools: [] });
    await expect(run(failing)).rejects.toMatchObject({ code: 'model-failed', cause, message: 'The model behind the agent failed.' });
    await expect(run(createAgent({ model: createScriptedModel([cause]), tools: [] }), { text: 'x', signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('a guardrail around an agent', () => {
  const guardrail: Guardrail = {
    check: (source, value) => (value.includes('forbidden') ? { blocked: true, message: `Blocked ${source}.`, findings: [{ policy: 'word', name: 'forbidden', match: 'forbidden' }] } : { blocked: false }),
  };

  it('keeps a blocked input from the model and from the conversation', async () => {
    const model = createScriptedModel([]);
    const { done, shown } = await run(createAgent({ model, tools: [], guardrail }), { text: 'a forbidden thing' });
    expect(shown).toBe('Blocked input.');
    expect(done).toMatchObject({ stop: 'guardrail-input', messages: [] });
    expect(model.requests).toHaveLength(0);
  });

  it('shows nothing of an answer before it has been judged', async () => {
    const { done, shown } = await run(createAgent({ model: createScriptedModel([[text('this is forbidden')]], { streams: true }), tools: [], guardrail }));
    expect(shown).toBe('Blocked output.');
    expect(done.stop).toBe('guardrail-output');
    expect(JSON.stringify(done.messages)).not.toContain('forbidden');
  });

  it('lets the ordinary through', async () => {
    expect((await run(createAgent({ model: createScriptedModel([[text('fine')]]), tools: [], guardrail }))).shown).toBe('fine');
  });

  describe('that judges at intervals', () => {
    /** A model that says a reply in these pieces. */
    const saying = (pieces: readonly string[], calls: readonly ReturnType<typeof use>[] = []): Model => ({
      id: 'saying',
      generate: () => Promise.reject(new Error('It streams.')),
      async *stream() {
        for (const piece of pieces) yield await Promise.resolve({ type: 'text-delta', text: piece });
        for (const call of calls) yield { type: 'tool-use', toolUse: call };
        yield { type: 'response', response: { content: [text(pieces.join('')), ...calls], stopReason: calls.length > 0 ? 'tool-use' : 'end', usage: { inputTokens: 3, outputTokens: 4 }, latencyMs: 1 } };
      },
    });
    const shownIn = (events: readonly AgentEvent[]) => events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    const agent = (model: Model, guardrailInterval: number) => createAgent({ model, tools: [tool(() => Promise.resolve({ text: 'saw', status: 'success' }))], guardrail, guardrailInterval });

    it.each([
      [3, ['Hel', 'lo, ', 'I am', ' an', ' Age', 'nt']],
      [20, ['Hello, I am an Agent']],
      [1_000, ['Hello, I am an Agent']],
    ])('shows pieces of at least %i characters, but for the last', async (interval, pieces) => {
      const { events, done } = await run(agent(saying(['Hel', 'lo', ', ', 'I', ' am', ' an', ' Age', 'nt']), interval));
      expect(shownIn(events)).toEqual(pieces);
      expect(events.filter((event) => event.type === 'guardrail' && event.source === 'output')).toHaveLength(pieces.length);
      expect(done).toMatchObject({ stop: 'answered', text: 'Hello, I am an Agent' });
    });

    it('shows nothing behind a piece that is blocked with what was said before', async () => {
      const { events, done } = await run(agent(saying(['fine so far, ', 'forbid', 'den things ', 'and more']), 6));
      expect(shownIn(events)).toEqual(['fine so far, ', 'forbid', 'Blocked output.']);
      expect(done).toMatchObject({ stop: 'guardrail-output', text: 'Blocked output.', usage: { inputTokens: 3, outputTokens: 4 } });
      expect(JSON.stringify(done.messages)).not.toContain('forbid');
    });

    it('goes on where what was blocked stood beside a call', async () => {
      let asked = 0;
      const model: Model = { ...saying([]), stream: (request) => ((asked += 1) === 1 ? saying(['forbidden'], [use('1')]) : saying(['Done.'])).stream?.(request) as ReturnType<NonNullable<Model['stream']>> };
      const { events, done } = await run(agent(model, 5));
      expect(shownIn(events)).toEqual(['Done.']);
      expect(done.stop).toBe('answered');
    });

    it('judges a reply that comes as a whole once', async () => {
      const { events } = await run(agent(createScriptedModel([[text('fine')]]), 1));
      expect(events.map((event) => event.type)).toEqual(['guardrail', 'model-input', 'guardrail', 'text', 'model-output', 'done']);
    });

    it('refuses an interval that is none', () => {
      expect(() => agent(saying([]), 0)).toThrow(expect.objectContaining({ code: 'invalid-configuration' }));
    });
  });
});
