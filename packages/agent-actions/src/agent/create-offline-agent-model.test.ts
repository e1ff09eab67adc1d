import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller/caller.js';
import type { ExecuteQueryResult } from '../execute-query/execute-query-result.js';
import type { GenerateQueryResult } from '../generate-query/generate-query-result.js';
import { createActionAgentTools } from './agent-tool.js';
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
});
