import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { extractReply } from '../extraction/extract-reply.js';
import type { TextToSqlTask } from '../model/model-task.js';
import { createOfflineModel } from './create-offline-model.js';

const column = (name: string, type: string, more: object = {}) => ({ name, type, nullable: false, comment: null, ...more });
const artifact = createArtifact({
  dialect: 'postgresql',
  serverVersion: null,
  database: null,
  relations: [{ schema: 'shop', name: 'order', kind: 'table', comment: null, primaryKey: ['id'], columns: [column('id', 'integer'), column('placed_on', 'date'), column('paid_on', 'date'), column('email', 'text', { personal: true }), column('state', 'text', { sampleValues: ['open', 'closed'], sampleValuesComplete: true })] }],
  verifiedQueries: [{ id: 'v', question: 'How are we doing?', sql: 'SELECT 1', parameters: [] }],
});
const task = (question: string, more: Partial<TextToSqlTask> = {}): TextToSqlTask => ({ kind: 'text-to-sql', question, artifact, today: '2025-01-01', timeZone: 'UTC', maxRows: 100, attempt: 1, ...more });
const ask = async (request: TextToSqlTask, options = {}) => (await createOfflineModel(options).generate({ system: [], messages: [], task: request })).content;

describe('createOfflineModel', () => {
  it('replies with a statement, its parameters and a confidence, in quoted names', async () => {
    expect(extractReply(await ask(task('How many open orders are there?')))).toEqual({
      kind: 'statement', form: 'json', sql: 'SELECT count(*) AS order_count\nFROM shop."order" AS "order"\nWHERE "order".state = :state', parameters: { state: 'open' }, explanation: 'Number of orders, where state is open.', confidence: expect.any(Number),
    });
  });

  it('leaves personal columns out unless they are asked for by name', async () => {
    const sql = async (question: string) => (extractReply(await ask(task(question))) as { sql: string }).sql;
    expect(await sql('List all orders')).not.toContain('email');
    expect(await sql('List the emails of orders')).toContain('email');
  });

  it('asks back when a date is open, and abstains naming what it does not know', async () => {
    expect(extractReply(await ask(task('How many orders in 2024?')))).toMatchObject({ kind: 'clarification', question: expect.stringMatching(/placed on.*paid on/) });
    expect(extractReply(await ask(task('How many gnomes are there?')))).toMatchObject({ kind: 'abstention', reason: expect.stringContaining('"gnomes"') });
  });

  it('answers from verified queries first, unless told not to', async () => {
    expect(extractReply(await ask(task('How are we doing?')))).toMatchObject({ kind: 'statement', sql: 'SELECT 1', confidence: 1 });
    expect(extractReply(await ask(task('How are we doing?'), { verifiedQueries: false }))).toMatchObject({ kind: 'abstention' });
  });

  it('does not try again what was refused', async () => {
    const violations = [{ rule: 'relation', message: 'shop.order is not allowed.', hint: '', start: 0, end: 1 }] as unknown as NonNullable<TextToSqlTask['violations']>;
    expect(extractReply(await ask(task('How many open orders are there?', { attempt: 2, violations })))).toMatchObject({ kind: 'abstention', reason: expect.stringContaining('shop.order is not allowed.') });
  });

  it('gives the same reply each time and uses no tokens', async () => {
    const model = createOfflineModel();
    const request = { system: [], messages: [], task: task('Which orders are closed?') };
    const [first, second] = [await model.generate(request), await model.generate(request)];
    expect(second.content).toEqual(first.content);
    expect(first.usage).toEqual({ inputTokens: 0, outputTokens: 0 });
  });

  it('writes the sentence of an answer task', async () => {
    const response = await createOfflineModel().generate({ system: [], messages: [], task: { kind: 'answer', question: 'How many?', columns: [{ name: 'order_count', type: 'int8' }], rows: [{ order_count: 3 }], truncated: false } });
    expect(response.content).toEqual([{ type: 'text', text: expect.stringContaining('3') }]);
  });

  it('refuses a request without a task, and stops when aborted', async () => {
    await expect(createOfflineModel().generate({ system: [], messages: [] })).rejects.toMatchObject({ code: 'model-rejected' });
    await expect(createOfflineModel().generate({ system: [], messages: [], task: task('x'), signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
