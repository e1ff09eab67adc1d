import type { ModelMessage } from '@ask-aurora/nl2sql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller/caller.js';
import type { ExecuteQueryResult } from '../execute-query/execute-query-result.js';
import type { GenerateQuery } from '../generate-query/create-generate-query.js';
import type { GenerateQueryResult } from '../generate-query/generate-query-result.js';
import { createActionAgentTools, type AgentTool } from './agent-tool.js';
import { createAgent } from './create-agent.js';
import { createOfflineAgentModel } from './create-offline-agent-model.js';

const caller: Caller = { sessionId: 's', principal: null, tenant: {}, front: 'converse' };
const statement: GenerateQueryResult = { kind: 'statement', sql: 'SELECT count(*) AS students FROM s WHERE m = :m', parameters: { m: 'x' }, explanation: '', relations: [], confidence: 1, source: 'model', attempts: [], auditId: 'a' };
const rows: ExecuteQueryResult = { kind: 'rows', columns: [{ name: 'students', type: 'int8' }], rows: [{ students: 512 }], rowCount: 1, truncated: false, truncatedBy: null, total: { rows: 1, isExact: true }, statement: '', relations: [], planCost: null, cached: false, bytes: 1, auditId: 'a' };

async function ask(generated: GenerateQueryResult, executed: ExecuteQueryResult = rows): Promise<{ readonly text: string; readonly stop: string; readonly calls: readonly unknown[] }> {
  const agent = createAgent({ model: createOfflineAgentModel(), tools: createActionAgentTools({ generateQuery: () => Promise.resolve(generated), executeQuery: () => Promise.resolve(executed) }) });
  const calls: unknown[] = [];
  for await (const event of agent.respond({ text: 'How many?', caller })) {
    if (event.type === 'tool-call') calls.push([event.call.name, event.call.input]);
    if (event.type === 'done') return { text: event.text, stop: event.stop, calls };
  }
  throw new Error('The turn did not end.');
}

describe('the stand-in for a model', () => {
  it('goes by way of both tools and answers from the rows', async () => {
    const { text, calls } = await ask(statement);
    expect(text).toContain('512');
    expect(calls).toEqual([['generate_query', { question: 'How many?' }], ['execute_query', { sql: 'SELECT count(*) AS students FROM s WHERE m = :m', parameters: { m: 'x' } }]]);
  });

  it.each<[string, GenerateQueryResult, ExecuteQueryResult, string]>([
    ['a question back', { kind: 'clarification', question: 'Which year?', auditId: 'a' }, rows, 'Which year?'],
    ['an abstention', { kind: 'abstention', code: 'unanswerable', reason: 'There are no projects here.', auditId: 'a' }, rows, 'There are no projects here.'],
    ['a refusal', { kind: 'refusal', stage: 'screen', reason: 'Only reading is possible.', violations: [], auditId: 'a' }, rows, 'Only reading is possible.'],
    ['a failure', statement, { kind: 'failure', code: 'timeout', message: 'Too slow.', hint: 'Ask for less.', sqlState: null, near: null, retryable: false, retryAfterMs: null, auditId: 'a' }, 'Too slow. Ask for less.'],
  ])('passes on %s in its own words', async (_, generated, executed, text) => {
    expect(await ask(generated, executed)).toMatchObject({ text, stop: 'answered' });
  });

  it('ends when a tool is broken', async () => {
    expect(await ask({ kind: 'failure', code: 'internal', message: 'm', hint: null, retryable: false, retryAfterMs: null, auditId: 'a' })).toMatchObject({ stop: 'tool-failure' });
  });

  it('says its words one after the other when it streams', async () => {
    const agent = createAgent({ model: createOfflineAgentModel(), tools: createActionAgentTools({ generateQuery: () => Promise.resolve({ kind: 'clarification', question: ' Which  year? ', auditId: 'a' }) }) });
    const pieces: string[] = [];
    for await (const event of agent.respond({ text: 'How many?', caller })) if (event.type === 'text') pieces.push(event.text);
    expect(pieces).toEqual([' Which', '  year? ']);
  });

  describe('with texts to look up', () => {
    const abstains: GenerateQuery = () => Promise.resolve({ kind: 'abstention', code: 'unanswerable', reason: 'There is no weather here.', auditId: 'a' });
    const lookup = (name: string, documents: readonly string[]): AgentTool => ({ name, description: '', inputSchema: {}, invoke: () => Promise.resolve({ text: JSON.stringify(documents.map((content) => ({ content, source: 's3://x' }))), status: 'success' }) });
    const turns = async (tools: readonly AgentTool[], questions: readonly string[] = ['Is it warm?']): Promise<readonly [text: string, calls: readonly unknown[]][]> => {
      const agent = createAgent({ model: createOfflineAgentModel({ lookups: ['search_a', 'search_b'] }), tools });
      const answers: [string, readonly unknown[]][] = [];
      let messages: readonly ModelMessage[] = [];
      for (const question of questions) {
        const calls: unknown[] = [];
        for await (const event of agent.respond({ text: question, messages, caller })) {
          if (event.type === 'tool-call') calls.push([event.call.name, event.call.input]);
          if (event.type === 'done') {
            answers.push([event.text, calls]);
            messages = event.messages;
          }
        }
      }
      return answers;
    };
    const actions = createActionAgentTools({ generateQuery: abstains });

    it('asks them what the database does not answer, until there is an answer', async () => {
      const asked = ['generate_query', { question: 'Is it warm?' }];
      expect(await turns([...actions, lookup('search_a', []), lookup('search_b', ['It is warm.', 'It rains.'])])).toEqual([['It is warm.', [asked, ['search_a', { query: 'Is it warm?' }], ['search_b', { query: 'Is it warm?' }]]]]);
      expect((await turns([...actions, lookup('search_a', []), lookup('search_b', [])])).map(([text]) => text)).toEqual(['There is no weather here.']);
    });

    it('asks them again in the next turn', async () => {
      expect((await turns([...actions, lookup('search_a', ['It is warm.'])], ['Is it warm?', 'And now?'])).map(([, calls]) => calls.length)).toEqual([2, 2]);
    });

    it('asks them at once where there is no database', async () => {
      expect(await turns([lookup('search_a', ['It is warm.'])])).toEqual([['It is warm.', [['search_a', { query: 'Is it warm?' }]]]]);
      expect((await turns([lookup('search_a', [])])).map(([text]) => text)).toEqual(['Nothing was found.']);
    });

    it('leaves alone what the database answers', async () => {
      const answers = createActionAgentTools({ generateQuery: () => Promise.resolve({ kind: 'clarification', question: 'Which year?', auditId: 'a' }) });
      expect(await turns([...answers, lookup('search_a', ['It is warm.'])])).toEqual([['Which year?', [['generate_query', { question: 'Is it warm?' }]]]]);
    });
  });
});
