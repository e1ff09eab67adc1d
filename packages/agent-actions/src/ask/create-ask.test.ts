import { expect, it } from 'vitest';
import type { Caller } from '../caller/caller.js';
import type { ExecuteQueryInput } from '../execute-query/create-execute-query.js';
import { createAsk } from './create-ask.js';

const caller: Caller = { sessionId: 's', principal: null, tenant: {}, front: 'cli' };
const statement = { kind: 'statement', sql: 'SELECT 1', parameters: { a: 1 }, explanation: '', relations: [], confidence: 1, source: 'model', attempts: [], auditId: 'a' } as const;
const rows = { kind: 'rows', columns: [{ name: 'students', type: 'int8' }], rows: [{ students: 7 }], rowCount: 1, truncated: false, truncatedBy: null, total: { rows: 1, isExact: true }, statement: '', relations: [], planCost: null, cached: false, bytes: 1, auditId: 'a' } as const;
const refusal = { kind: 'refusal', stage: 'plan', reason: 'r', violations: [], parameterProblems: [], auditId: 'a' } as const;

it('joins the actions, passes the statement on unchanged, and shares one deadline', async () => {
  const seen: ExecuteQueryInput[] = [];
  const ask = createAsk({
    generateQuery: () => new Promise((resolve) => setTimeout(() => resolve(statement), 30)),
    executeQuery: (input) => (seen.push(input), Promise.resolve(rows)),
  });
  expect(await ask({ question: 'How many?', caller, deadlineMs: 1_000 })).toMatchObject({ kind: 'answer', sentence: expect.stringContaining('7') as string, statement, rows });
  expect(seen[0]).toMatchObject({ sql: 'SELECT 1', parameters: { a: 1 } });
  expect(seen[0]?.deadlineMs).toBeLessThan(985);
});

it('ends where the way ends', async () => {
  const clarification = { kind: 'clarification', question: 'q', auditId: 'a' } as const;
  expect(await createAsk({ generateQuery: () => Promise.resolve(clarification), executeQuery: () => Promise.reject(new Error('never called')) })({ question: 'x', caller })).toEqual({ kind: 'not-generated', generated: clarification });
  expect(await createAsk({ generateQuery: () => Promise.resolve(statement), executeQuery: () => Promise.resolve(refusal) })({ question: 'x', caller })).toEqual({ kind: 'not-executed', statement, executed: refusal });
});
