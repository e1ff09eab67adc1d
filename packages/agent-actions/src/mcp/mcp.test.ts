import { createArtifact } from '@ask-aurora/nl2sql';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AskInput } from '../ask/create-ask.js';
import type { ExecuteQueryInput } from '../execute-query/create-execute-query.js';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';
import { serveMcpHttp, type McpHttpServer } from './serve-mcp-http.js';
import { serveMcpStdio } from './serve-mcp-stdio.js';
import { PassThrough } from 'node:stream';

const executed: ExecuteQueryInput[] = [];
const asked: AskInput[] = [];
const rows = { kind: 'rows', columns: [{ name: 'n', type: 'int8' }], rows: [{ n: 3 }], rowCount: 1, truncated: false, truncatedBy: null, total: { rows: 1, isExact: true }, statement: 'SELECT 3', relations: [], planCost: null, cached: false, bytes: 9, auditId: 'a' } as const;
const statement = { kind: 'statement', sql: 'SELECT 3 AS n', parameters: {}, explanation: '', relations: [], confidence: 1, source: 'model', attempts: [], auditId: 'a' } as const;
const options: McpServerOptions = {
  generateQuery: ({ question }) => Promise.resolve(question === 'which?' ? { kind: 'clarification', question: 'Which one?', auditId: 'a' } : statement),
  executeQuery: (input) => (executed.push(input), Promise.resolve(input.sql.startsWith('SELECT') ? rows : { kind: 'refusal', stage: 'guard', reason: 'No.', violations: [], parameterProblems: [], auditId: 'a' })),
  ask: (input) => (asked.push(input), Promise.resolve({ kind: 'answer', sentence: 'There are 3.', statement, rows })),
  artifact: createArtifact({
    dialect: 'postgresql', serverVersion: '17', database: 'd',
    relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: 'What was sold.', columns: [{ name: 'id', type: 'integer', nullable: false, comment: null, sampleValues: ['a sample value'] }] }],
  }),
  caller: (sessionId) => ({ principal: `user of ${sessionId.slice(0, 4)}`, tenant: { tenantId: 't-1' } }),
};

let server: McpHttpServer;
beforeAll(async () => {
  server = await serveMcpHttp({ ...options, maxSessions: 3 });
});
afterAll(() => server.close());

async function connect(): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)) as Parameters<Client['connect']>[0]);
  return client;
}

describe('the MCP server, spoken to by the official client', () => {
  it('offers its tools and serves them', async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['generate_query', 'execute_query', 'ask', 'describe_schema']);
    expect(tools.every((tool) => tool.annotations?.readOnlyHint === true && tool.description !== undefined)).toBe(true);
    expect(await client.callTool({ name: 'generate_query', arguments: { question: 'which?' } })).toMatchObject({ structuredContent: { outcome: 'clarification', question: 'Which one?' } });
    expect(await client.callTool({ name: 'execute_query', arguments: { sql: 'SELECT 3', parameters: {} } })).toMatchObject({ structuredContent: { outcome: 'rows', rows: [[3]], rowCount: 1 } });
    expect(await client.callTool({ name: 'ask', arguments: { question: 'how many?' } })).toMatchObject({ structuredContent: { outcome: 'rows', answer: 'There are 3.', sql: 'SELECT 3 AS n' } });
    expect(executed[0]?.caller).toMatchObject({ front: 'mcp', tenant: { tenantId: 't-1' } });
    expect(asked[0]?.caller.sessionId).toBe(executed[0]?.caller.sessionId);
    await client.close();
  });

  it('marks refusals as errors that a model can read, and rejects an unknown tool', async () => {
    const client = await connect();
    expect(await client.callTool({ name: 'execute_query', arguments: { sql: 'DELETE FROM t' } })).toMatchObject({ isError: true, structuredContent: { outcome: 'refusal', stage: 'guard' } });
    expect(await client.callTool({ name: 'execute_query', arguments: { sql: 3 } })).toMatchObject({ isError: true, structuredContent: { outcome: 'refusal', stage: 'input' } });
    await expect(client.callTool({ name: 'drop_tables', arguments: {} })).rejects.toThrow(/no tool/);
    await client.close();
  });

  it('describes the schema by tool and by resource, without samples of its content', async () => {
    const client = await connect();
    const { resources } = await client.listResources();
    expect(resources.map((resource) => resource.uri)).toEqual(['ask-aurora://schema', 'ask-aurora://schema/shop/orders']);
    const all = JSON.stringify([
      await client.readResource({ uri: 'ask-aurora://schema' }),
      await client.readResource({ uri: 'ask-aurora://schema/shop/orders' }),
      await client.callTool({ name: 'describe_schema', arguments: { relation: 'shop.orders' } }),
    ]);
    expect(all).toContain('What was sold.');
    expect(all).not.toContain('a sample value');
    await expect(client.readResource({ uri: 'ask-aurora://schema/private/salaries' })).rejects.toThrow(/no such resource/);
    expect(await client.callTool({ name: 'describe_schema', arguments: { relation: 'private.salaries' } })).toMatchObject({ isError: true });
    await client.close();
  });
});

it('tells of the steps of a call to a client that asks for progress, and to no other', async () => {
  const steps = ['screen', 'generate', 'execute'];
  const onSteps: boolean[] = [];
  const stepping = createMcpServer({
    ...options,
    ask: (input) => {
      onSteps.push(input.onStep !== undefined);
      for (const name of steps) input.onStep?.({ name, startedAt: '2024-01-01T00:00:00Z', durationMs: 1, outcome: 'ok', detail: { secret: 'words of the trace' } });
      return options.ask(input);
    },
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await Promise.all([stepping.connect(ours), client.connect(theirs)]);
  const told: unknown[] = [];
  const call = { name: 'ask', arguments: { question: 'how many?' } };
  expect(await client.callTool(call, undefined, { onprogress: (progress) => told.push(progress) })).toMatchObject({ structuredContent: { answer: 'There are 3.' } });
  expect(told).toEqual(steps.map((message, index) => ({ progress: index + 1, message })));
  await client.callTool(call);
  expect([told.length, onSteps]).toEqual([3, [true, false]]);
  await client.close();
});

describe('a call that is given up', () => {
  /** A server whose statements run until they are given up. */
  async function open() {
    const signals: (AbortSignal | undefined)[] = [];
    const executeQuery: McpServerOptions['executeQuery'] = ({ signal }) => {
      signals.push(signal);
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('given up'))));
    };
    const slow = await serveMcpHttp({ ...options, executeQuery });
    onTestFinished(() => slow.close());
    const transport = new StreamableHTTPClientTransport(new URL(slow.url));
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport as Parameters<Client['connect']>[0]);
    return { slow, client, transport, signals, isGivenUp: () => expect.poll(() => signals[0]?.aborted).toBe(true) };
  }
  const call = { name: 'execute_query', arguments: { sql: 'SELECT 1' } };

  it('by its client, is given up on the way to the database too', async () => {
    const { client, signals, isGivenUp } = await open();
    const controller = new AbortController();
    const calling = client.callTool(call, undefined, { signal: controller.signal });
    await expect.poll(() => signals.length).toBe(1);
    controller.abort();
    await expect(calling).rejects.toThrow();
    await isGivenUp();
    await client.close();
  });

  it('by the end of its session, likewise', async () => {
    const { slow, client, transport, signals, isGivenUp } = await open();
    const calling = client.callTool(call).catch(() => undefined);
    await expect.poll(() => signals.length).toBe(1);
    await transport.terminateSession();
    await isGivenUp();
    expect(slow.sessions).toBe(0);
    await client.close();
    await calling;
  });

  it('by a client that vanishes, leaves the others and their session alone', async () => {
    const { slow, client, signals } = await open();
    const sent = request(slow.url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-session-id': (await sessionIdOf(slow.url)) } }, () => undefined);
    sent.on('error', () => undefined).end(JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: call }));
    await expect.poll(() => signals.length).toBe(1);
    sent.destroy();
    expect(await client.callTool({ name: 'generate_query', arguments: { question: 'which?' } })).toMatchObject({ structuredContent: { outcome: 'clarification' } });
    expect(slow.sessions).toBe(2);
    await client.close();
  });

  it('on standard input and output, by the end of the input', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const signals: (AbortSignal | undefined)[] = [];
    const { closed } = await serveMcpStdio({ ...options, stdin, stdout, executeQuery: ({ signal }) => (signals.push(signal), new Promise(() => undefined)) });
    stdout.resume();
    const messages = [
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: call },
    ];
    for (const message of messages) stdin.write(`${JSON.stringify(message)}\n`);
    await expect.poll(() => signals.length).toBe(1);
    stdin.end();
    await closed;
    expect(signals[0]?.aborted).toBe(true);
  });
});

/** Opens a session by hand and gives its id. */
async function sessionIdOf(url: string): Promise<string> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } });
  const opened = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }, body });
  await opened.text();
  return opened.headers.get('mcp-session-id') ?? '';
}

describe('a schema that is larger than a reply may be', () => {
  it('is listed by name', async () => {
    const columns = Array.from({ length: 40 }, (_, index) => ({ name: `column_${index}`, type: 'integer', nullable: false, comment: null }));
    const artifact = createArtifact({ dialect: 'postgresql', serverVersion: '17', database: 'd', relations: Array.from({ length: 200 }, (_, index) => ({ schema: 'shop', name: `table_${index}`, kind: 'table' as const, comment: null, columns })) });
    const [here, there] = InMemoryTransport.createLinkedPair();
    await createMcpServer({ ...options, artifact }).connect(there);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(here);
    const { structuredContent } = (await client.callTool({ name: 'describe_schema', arguments: {} })) as unknown as { structuredContent: { relations: unknown[]; note: string } };
    expect(structuredContent.relations).toHaveLength(200);
    expect(structuredContent.note).toContain('names only');
    await expect(client.readResource({ uri: 'ask-aurora://schema/%zz/orders' })).rejects.toThrow(/no such resource/);
    await client.close();
  });
});

describe('the HTTP door', () => {
  const initialize = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } });
  const send = (headers: Record<string, string>, body = initialize, url = server.url) =>
    new Promise<number>((resolve, reject) => {
      request(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).on('error', reject).end(body);
    });

  it('opens to this machine only, by name too', async () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await send({ host: 'evil.example' })).toBe(403);
    expect(await send({ host: `evil.example:${new URL(server.url).port}` })).toBe(403);
  });

  it('refuses web pages unless their origin was allowed', async () => {
    expect(await send({ origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    const other = await serveMcpHttp({ ...options, allowedOrigins: ['http://localhost:6274'] });
    expect(await send({ origin: 'http://localhost:6274' }, initialize, other.url)).toBe(200);
    const preflight = await fetch(other.url, { method: 'OPTIONS', headers: { origin: 'http://localhost:6274' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin'), preflight.headers.get('access-control-expose-headers')]).toEqual([204, 'http://localhost:6274', 'mcp-session-id']);
    const foreign = await fetch(other.url, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    await other.close();
  });

  it('asks for the bearer token when there is one', async () => {
    const other = await serveMcpHttp({ ...options, bearerToken: 'right' });
    expect(await send({}, initialize, other.url)).toBe(401);
    expect(await send({ authorization: 'Bearer wrong' }, initialize, other.url)).toBe(401);
    expect(await send({ authorization: 'Bearer right' }, initialize, other.url)).toBe(200);
    await other.close();
  });

  it('refuses what is no session, no JSON, or too large, and more sessions than it has room for', async () => {
    expect(await send({}, '{')).toBe(400);
    expect(await send({}, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }))).toBe(400);
    expect(await send({ 'mcp-session-id': 'forged' })).toBe(404);
    expect(await send({}, `"${'x'.repeat(1_100_000)}"`)).toBe(400);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push(await send({}));
    expect(statuses.at(-1)).toBe(503);
  });
});

describe('messages that are none of JSON-RPC or MCP', () => {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

  it.each<[string, unknown, number, string]>([
    ['null', null, 400, 'Parse error'],
    ['a number', 1, 400, 'Parse error'],
    ['an object without a member', {}, 400, 'Parse error'],
    ['another version', { ...list, jsonrpc: '1.0' }, 400, 'Parse error'],
    ['an id of null', { ...list, id: null }, 400, 'Parse error'],
    ['another method', { ...list, method: 'tables/drop' }, 200, '-32601'],
    ['a call without parameters', { ...list, method: 'tools/call' }, 200, 'invalid_type'],
    ['arguments that are no object', { ...list, method: 'tools/call', params: { name: 'ask', arguments: 'x' } }, 200, 'invalid_type'],
    ['a tool of Object.prototype', { ...list, method: 'tools/call', params: { name: '__proto__', arguments: {} } }, 200, 'no tool of this name'],
    ['a second initialize', { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } }, 400, 'already initialized'],
    ['the cancelling of a call that is not there', { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 99 } }, 202, ''],
    ['an answer that nobody asked for', { jsonrpc: '2.0', id: 77, result: {} }, 202, ''],
  ])('%s is answered, and the session goes on', async (_, message, status, words) => {
    const other = await serveMcpHttp(options);
    onTestFinished(() => other.close());
    const session = { ...headers, 'mcp-session-id': await sessionIdOf(other.url) };
    const answer = await fetch(other.url, { method: 'POST', headers: session, body: JSON.stringify(message) });
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
    expect(await (await fetch(other.url, { method: 'POST', headers: session, body: JSON.stringify(list) })).text()).toContain('execute_query');
  });

  it('refuses another path, another media type, a protocol version of its own, and a session that was ended', async () => {
    const other = await serveMcpHttp(options);
    onTestFinished(() => other.close());
    const session = { ...headers, 'mcp-session-id': await sessionIdOf(other.url) };
    const status = async (more: Record<string, string>, method = 'POST', url = other.url) => (await fetch(url, { method, headers: { ...session, ...more }, ...(method === 'POST' ? { body: JSON.stringify(list) } : {}) })).status;
    expect(await status({}, 'POST', other.url.replace('/mcp', '//'))).toBe(404);
    expect(await status({ 'content-type': 'text/plain' })).toBe(415);
    expect(await status({ 'mcp-protocol-version': '1999-01-01' })).toBe(400);
    expect(await status({}, 'PUT')).toBe(405);
    expect(await status({}, 'DELETE')).toBe(200);
    expect([await status({}), await status({}, 'DELETE')]).toEqual([404, 404]);
  });
});

describe('a fault of the program', () => {
  it('is told to the operator, and to no client', async () => {
    const faults: unknown[] = [];
    const fail = () => Promise.reject(new Error('words of a service'));
    const [here, there] = InMemoryTransport.createLinkedPair();
    await createMcpServer({ ...options, ask: fail, executeQuery: fail, artifact: fail, onFault: (fault) => faults.push(fault) }).connect(there);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(here);
    const calls = [
      client.callTool({ name: 'ask', arguments: { question: 'how many?' } }),
      client.callTool({ name: 'execute_query', arguments: { sql: 'SELECT 1' } }),
      client.callTool({ name: 'describe_schema', arguments: {} }),
      client.listResources(),
      client.readResource({ uri: 'ask-aurora://schema' }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: -32_603, message: expect.not.stringContaining('words of') as string });
    expect(faults).toHaveLength(calls.length);
    await client.close();
  });
});

describe('MCP on standard input and output', () => {
  it('answers line by line and ends with its input', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const { closed } = await serveMcpStdio({ ...options, stdin, stdout });
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } })}\n`);
    const [line] = (await new Promise<string>((resolve) => stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())))).split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ id: 1, result: { serverInfo: { name: 'ask-aurora' } } });
    stdin.end();
    await closed;
  });
});
