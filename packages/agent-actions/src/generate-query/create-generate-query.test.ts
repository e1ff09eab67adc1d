import { createArtifact, createOfflineModel, createTextToSql, Nl2SqlError, type TextToSql, type TraceStep } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMemoryAudit } from '../audit/create-memory-audit.js';
import type { Caller } from '../caller/caller.js';
import { createCallerLimits } from '../limits/create-caller-limits.js';
import { createGenerateQuery, type GenerateQueryPorts } from './create-generate-query.js';

const caller: Caller = { sessionId: 's', principal: 'p', tenant: { tenantId: 't-1' }, front: 'cli' };
const column = (name: string, type: string) => ({ name, type, nullable: false, comment: null });
const artifact = createArtifact({ dialect: 'postgresql', serverVersion: '17', database: 'd', relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [column('id', 'integer'), column('customer', 'text')] }] });
const guard = await createGuard({ version: 17, policy: policyFromSchema(artifact) });
const offline = createTextToSql({ artifact, guard, model: createOfflineModel() });

function make(ports: Partial<GenerateQueryPorts> = {}) {
  const audit = createMemoryAudit();
  const faults: unknown[] = [];
  return { generateQuery: createGenerateQuery({ textToSql: offline, audit, onFault: (fault) => faults.push(fault), ...ports }), audit, faults };
}
const failing = (error: unknown): TextToSql => ({ generate: () => Promise.reject(error) });

describe('generate-query', () => {
  it('writes a statement, records it, and passes its steps on', async () => {
    const { generateQuery, audit } = make({ modelId: 'offline' });
    const steps: TraceStep[] = [];
    const result = await generateQuery({ question: 'How many orders are there?', caller, onStep: (step) => steps.push(step) });
    expect(result).toMatchObject({ kind: 'statement', relations: [{ schema: 'shop', name: 'orders' }] });
    expect(steps.length).toBeGreaterThan(1);
    expect(audit.records).toMatchObject([{ action: 'generate-query', outcome: 'statement', principal: 'p', relations: ['shop.orders'], model: { id: 'offline', source: 'model' }, question: { digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string, characters: 26 } }]);
    expect(JSON.stringify(audit.records)).not.toContain('How many');
    expect(audit.records[0]?.id).toBe(result.auditId);
    expect(audit.records[0]?.durations['total']).toBeGreaterThan(0);
  });

  it('records the text of questions when that was chosen', async () => {
    const { generateQuery, audit } = make({ recordQuestion: 'text' });
    await generateQuery({ question: 'How many orders are there?', caller });
    expect(audit.records[0]?.question?.text).toBe('How many orders are there?');
  });

  it.each([
    ['', 'input'],
    ['   ', 'input'],
    ['x'.repeat(2_001), 'input'],
    ['Please delete all orders', 'screen'],
  ])('refuses %j at the %s', async (question, stage) => {
    const { generateQuery, audit } = make();
    expect(await generateQuery({ question, caller })).toMatchObject({ kind: 'refusal', stage });
    expect(audit.records[0]).toMatchObject({ outcome: 'refusal', reasonCode: stage });
  });

  it('abstains from what the schema does not hold', async () => {
    expect(await make().generateQuery({ question: 'What is the boiling point of wine?', caller })).toMatchObject({ kind: 'abstention' });
  });

  it.each([
    ['model-throttled', 'throttled', true],
    ['model-timeout', 'timeout', true],
    ['model-unavailable', 'model-unavailable', true],
    ['model-rejected', 'model-unavailable', true],
    ['artifact-unavailable', 'schema-unavailable', true],
  ] as const)('turns the fault %s into the failure %s, without its words', async (code, expected, retryable) => {
    const { generateQuery, faults, audit } = make({ textToSql: failing(new Nl2SqlError({ code, message: 'words of the provider' })) });
    const result = await generateQuery({ question: 'How many?', caller });
    expect(result).toMatchObject({ kind: 'failure', code: expected, retryable });
    expect(JSON.stringify([result, audit.records])).not.toContain('words of the provider');
    expect(faults).toHaveLength(1);
  });

  it('says nothing of a fault it does not know', async () => {
    expect(await make({ textToSql: failing(new TypeError('secret')) }).generateQuery({ question: 'How many?', caller })).toMatchObject({ kind: 'failure', code: 'internal', message: 'No statement could be written.' });
  });

  it('keeps its deadline and tells it from a caller who gave up', async () => {
    const hanging: TextToSql = {
      generate: async ({ signal }) => {
        await sleep(10_000, undefined, { signal });
        throw new Error('never reached');
      },
    };
    expect(await make({ textToSql: hanging, deadlineMs: 50 }).generateQuery({ question: 'How many?', caller })).toMatchObject({ kind: 'failure', code: 'timeout' });
    expect(await make({ textToSql: hanging }).generateQuery({ question: 'How many?', caller, deadlineMs: 50 })).toMatchObject({ kind: 'failure', code: 'timeout' });
    expect(await make({ textToSql: hanging }).generateQuery({ question: 'How many?', caller, signal: AbortSignal.timeout(50) })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });

  it('counts the tokens of its model against the session', async () => {
    const callerLimits = createCallerLimits({ tokens: 10 });
    const spending: TextToSql = { generate: async (input) => ({ ...(await offline.generate(input)), usage: { modelCalls: 1, inputTokens: 8, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, cost: 0.5 } }) };
    const { generateQuery, audit } = make({ textToSql: spending, callerLimits });
    await generateQuery({ question: 'How many orders are there?', caller });
    expect(audit.records[0]).toMatchObject({ model: { inputTokens: 8, outputTokens: 2, cost: 0.5, currency: 'USD' } });
    expect(await generateQuery({ question: 'How many orders are there?', caller })).toMatchObject({ kind: 'failure', code: 'token-budget', retryable: false });
  });

  it('withholds a statement that could not be recorded', async () => {
    expect(await make({ audit: { record: () => Promise.reject(new Error('disk full')) } }).generateQuery({ question: 'How many orders are there?', caller })).toMatchObject({ kind: 'failure', code: 'internal' });
  });
});
