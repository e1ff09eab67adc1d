import { describe, expect, it } from 'vitest';
import type { ExecuteQuery } from '../execute-query/create-execute-query.js';
import type { ExecuteQueryResult } from '../execute-query/execute-query-result.js';
import type { GenerateQuery } from '../generate-query/create-generate-query.js';
import { createBedrockClassicHandler } from './create-bedrock-classic-handler.js';

const envelope = {
  messageVersion: '1.0',
  agent: { name: 'ask-aurora', id: 'AGENT12345', alias: 'TSTALIASID', version: 'DRAFT' },
  inputText: 'How many students are there?',
  sessionId: '123456789012345',
  sessionAttributes: { tenantId: 't-1' },
  promptSessionAttributes: { currentDate: '2024-12-31' },
};
const openApi = (apiPath: string, properties: readonly { name: string; type: string; value: string }[]) => ({
  ...envelope,
  actionGroup: 'ExecuteQuery',
  apiPath,
  httpMethod: 'POST',
  parameters: [],
  requestBody: { content: { 'application/json': { properties } } },
});
const byFunction = (name: string, parameters: readonly { name: string; type: string; value: string }[]) => ({ ...envelope, actionGroup: 'ExecuteQuery', function: name, parameters });
const rows = (count: number): ExecuteQueryResult => ({
  kind: 'rows', columns: [{ name: 'name', type: 'text' }], rows: Array.from({ length: count }, (_, index) => ({ name: `"student" ${index}\n` })), rowCount: count,
  truncated: false, truncatedBy: null, total: { rows: count, isExact: true }, statement: 'SELECT 1', relations: [], planCost: null, cached: false, bytes: 10, auditId: 'a',
});
const failure = (code: 'sql-error' | 'internal' | 'throttled', retryable = false): ExecuteQueryResult => ({ kind: 'failure', code, message: 'm', hint: 'h', sqlState: '42703', near: 'nmae', retryable, retryAfterMs: null, auditId: 'a' });
const giving = (result: ExecuteQueryResult): ExecuteQuery => () => Promise.resolve(result);

describe('an action group of the OpenAPI flavour', () => {
  it('hands on the question, the session and its attributes, and answers in the documented shape', async () => {
    const seen: Parameters<GenerateQuery>[0][] = [];
    const handler = createBedrockClassicHandler({
      generateQuery: (input) => {
        seen.push(input);
        return Promise.resolve({ kind: 'statement', sql: 'SELECT count(*) FROM academics.students', parameters: {}, explanation: 'Counts.', relations: [{ schema: 'academics', name: 'students' }], confidence: 1, source: 'model', attempts: [], auditId: 'a' });
      },
    });
    const response = await handler({ ...openApi('/generate-query', [{ name: 'question', type: 'string', value: 'How many?' }]), actionGroup: 'GenerateQuery' }, { getRemainingTimeInMillis: () => 10_000 });
    expect(seen[0]).toMatchObject({ question: 'How many?', deadlineMs: 9_500, caller: { sessionId: '123456789012345', principal: 'AGENT12345/TSTALIASID', tenant: { tenantId: 't-1' }, front: 'bedrock-classic' } });
    expect(response).toEqual({
      messageVersion: '1.0',
      response: { actionGroup: 'GenerateQuery', apiPath: '/generate-query', httpMethod: 'POST', httpStatusCode: 200, responseBody: { 'application/json': { body: expect.any(String) as string } } },
      sessionAttributes: { tenantId: 't-1' },
      promptSessionAttributes: { currentDate: '2024-12-31' },
    });
    expect(bodyOf(response)).toEqual({ outcome: 'statement', sql: 'SELECT count(*) FROM academics.students', parameters: {}, explanation: 'Counts.', confidence: 1, relations: ['academics.students'] });
  });

  it('reads the values of parameters out of JSON text', async () => {
    let seen: unknown;
    const handler = createBedrockClassicHandler({ executeQuery: (input) => ((seen = input.parameters), Promise.resolve(rows(1))) });
    await handler(openApi('/execute-query', [{ name: 'sql', type: 'string', value: 'SELECT :a' }, { name: 'parameters', type: 'string', value: '{"a": "x", "b": 1}' }]));
    expect(seen).toEqual({ a: 'x', b: 1 });
  });

  it.each<[string, string, readonly { name: string; type: string; value: string }[]]>([
    ['a parameter that is no JSON', '/execute-query', [{ name: 'sql', type: 'string', value: 'SELECT 1' }, { name: 'parameters', type: 'string', value: '{a=1}' }]],
    ['no statement', '/execute-query', []],
    ['an operation that is not there', '/drop-tables', [{ name: 'sql', type: 'string', value: 'SELECT 1' }]],
  ])('refuses %s, in a way that a model can mend', async (_, path, properties) => {
    const handler = createBedrockClassicHandler({ executeQuery: giving(rows(1)) });
    const response = await handler(openApi(path, properties));
    expect(bodyOf(response)).toMatchObject({ outcome: 'refusal', stage: 'input' });
    expect('apiPath' in response.response && response.response.httpStatusCode).toBeGreaterThanOrEqual(400);
  });

  it('keeps the whole response within 25 KB, escapes included, with the true count of rows', async () => {
    const handler = createBedrockClassicHandler({ executeQuery: giving(rows(5_000)) });
    const response = await handler(openApi('/execute-query', [{ name: 'sql', type: 'string', value: 'SELECT 1' }]));
    const size = Buffer.byteLength(JSON.stringify(response));
    expect(size).toBeLessThanOrEqual(25 * 1024);
    expect(size).toBeGreaterThan(25 * 1024 - 100);
    expect(bodyOf(response)).toMatchObject({ rowCount: 5_000, truncated: true, note: expect.stringContaining('has 5000 rows') as string });
  });
});

describe('an action group of the function flavour', () => {
  it.each([
    [rows(1), undefined],
    [failure('sql-error'), 'REPROMPT'],
    [failure('throttled', true), undefined],
    [failure('internal'), 'FAILURE'],
  ])('says by its state what the agent should do', async (result, state) => {
    const handler = createBedrockClassicHandler({ executeQuery: giving(result) });
    const { response } = await handler(byFunction('execute_query', [{ name: 'sql', type: 'string', value: 'SELECT 1' }]));
    expect(response).toEqual({
      actionGroup: 'ExecuteQuery',
      function: 'execute_query',
      functionResponse: { ...(state === undefined ? {} : { responseState: state }), responseBody: { TEXT: { body: expect.any(String) as string } } },
    });
  });
});

it.each([null, 'text', {}, { messageVersion: '2.0' }, { ...envelope, actionGroup: 'x' }, { ...openApi('/execute-query', []), parameters: 'x' }])('throws on what is no event of an action group: %j', async (event) => {
  await expect(createBedrockClassicHandler({ executeQuery: giving(rows(1)) })(event)).rejects.toMatchObject({ code: 'invalid-event' });
});

function bodyOf({ response }: Awaited<ReturnType<ReturnType<typeof createBedrockClassicHandler>>>): unknown {
  return JSON.parse('apiPath' in response ? response.responseBody['application/json'].body : response.functionResponse.responseBody.TEXT.body);
}
