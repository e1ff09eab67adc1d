import { inspect } from 'node:util';
import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createGuard, policyFromSchema, type Guard } from '@ask-aurora/sql-guard';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWithModel } from '../answer/model-answer.js';
import { createDynamoDbCacheStore } from '../cache/dynamodb-cache-store.js';
import { createExactCache } from '../cache/exact-cache.js';
import { createRedisCacheStore } from '../cache/redis-cache-store.js';
import { createSemanticCache } from '../cache/semantic-cache.js';
import { createBedrockEmbeddings } from '../linking/bedrock-embeddings.js';
import { createEmbeddingRanker } from '../linking/embedding-ranker.js';
import { createKnowledgeBaseRanker } from '../linking/knowledge-base-ranker.js';
import { createSchemaLinker } from '../linking/schema-linker.js';
import { createBedrockConverseModel, type BedrockConverseModelOptions } from '../model/bedrock-converse-model.js';
import { createOpenAiCompatibleModel } from '../model/openai-compatible-model.js';
import { createTextToSql, type TextToSqlOptions } from '../pipeline/create-text-to-sql.js';
import { createExplainDryRun } from '../pipeline/explain-dry-run.js';
import type { TextToSqlInput } from '../pipeline/text-to-sql.js';
import { awsError, brokenOff, converseMessage, converseStream, converseText, converseTool, json, raw, silent, silentAborting, textEvents } from '../testing/converse-replies.js';
import { startLocalServer, type LocalServer, type Reply } from '../testing/local-server.js';
import { schoolArtifact } from '../testing/school-artifact.js';

/**
 * A question with a word that stands nowhere else is driven through every fault, by services that quote what they were
 * sent. Whatever could reach a log is looked at: what is thrown (with causes, hidden fields and stacks), trace steps, the
 * console, warnings of the process, and the keys of a cache. The result itself is the asker's: it holds SQL.
 */
const canary = 'Zebrafinkäfer';
const question = `How many ${canary} were enrolled?`;
const retry = { retries: 1, baseDelayMs: 1 };
const settings = (url: string) => ({ endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });

/** The ways in which services quote: as it came, in capitals, cut short, escaped, encoded, inside something longer. */
const quotes: readonly string[] = [question, question.toUpperCase(), `${canary.slice(0, 9)}`, 'Zebrafink\\u00e4fer', encodeURIComponent(question), `x${canary}s`, question.normalize('NFD'), JSON.stringify({ question })];
const quoted = quotes.map((quote) => `Malformed input near '${quote}'`).join('; ');
const holdsCanary = (text: string) => /zebraf|finkäfer|zebrafink/i.test(text.normalize('NFC')) || /Zebrafink/i.test(decodeLoosely(text));
const decodeLoosely = (text: string) => text.replace(/\\+u([0-9a-f]{4})/gi, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

let guard: Guard;
let http2: LocalServer;
let http1: LocalServer;
let client: BedrockRuntimeClient;
let overheard: string[];
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  guard = await createGuard({ policy: policyFromSchema(schoolArtifact) });
});
beforeEach(async () => {
  [http2, http1] = await Promise.all([startLocalServer('http2'), startLocalServer('http1')]);
  client = new BedrockRuntimeClient(settings(http2.url));
  overheard = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: string) => boolean;
    const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => (overheard.push(String(chunk)), write(String(chunk))));
    closers.push(() => spy.mockRestore());
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void overheard.push(inspect(said)));
    closers.push(() => spy.mockRestore());
  }
  const onWarning = (warning: Error) => void overheard.push(inspect(warning));
  process.on('warning', onWarning);
  closers.push(() => process.off('warning', onWarning));
});
afterEach(async () => {
  client.destroy();
  for (const close of closers.splice(0)) await close();
  await Promise.all([http2.stop(), http1.stop()]);
});

const converse = (options: Partial<BedrockConverseModelOptions> = {}) => createBedrockConverseModel({ client, modelId: 'anthropic.claude-sonnet-4-v1:0', retry, ...options });

/** Everything that a question leaves behind and that could be logged. */
async function traces(options: Partial<TextToSqlOptions> = {}, input: Partial<TextToSqlInput> = {}): Promise<{ readonly kind: string; readonly text: string }> {
  const steps: unknown[] = [];
  const textToSql = createTextToSql({ artifact: schoolArtifact, guard, model: converse(), today: () => '2024-12-31', ...options });
  let kind: string;
  let thrown = '';
  try {
    kind = (await textToSql.generate({ question, onStep: (step) => steps.push(step), ...input })).kind;
  } catch (error) {
    kind = 'thrown';
    thrown = inspect(error, { depth: 12, showHidden: true, maxStringLength: null }) + (error instanceof Error ? error.stack : '');
  }
  return { kind, text: [thrown, JSON.stringify(steps), ...overheard].join('\n') };
}

const good = 'SELECT count(*) AS students FROM academics.students';
const literal = `SELECT count(*) FROM academics.students WHERE major = '${canary}'`;
const thrice = (reply: Reply): readonly Reply[] => [reply, reply, reply];
const streamed = { streaming: true };

const leaving = new AbortController();

describe('no word of a question reaches a log when Bedrock', () => {
  it.each<[string, readonly Reply[], string, Partial<TextToSqlOptions>?, Partial<TextToSqlInput>?]>([
    ['throttles', thrice(awsError(429, 'ThrottlingException', quoted)), 'thrown'],
    ['finds the request invalid', [awsError(400, 'ValidationException', quoted)], 'thrown'],
    ['denies access', [awsError(403, 'AccessDeniedException', quoted)], 'thrown'],
    ['has an error without a type', [json(418, { message: quoted, detail: { question } })], 'thrown'],
    ['has an error page', thrice(raw(502, `<html>${question}</html>`, 'text/html')), 'thrown'],
    ['sends what is no JSON', thrice(raw(200, `${question} is what you asked`)), 'thrown'],
    ['sends another shape', thrice(json(200, { output: { [canary]: question }, stopReason: 5 })), 'thrown'],
    ['breaks off', thrice(brokenOff), 'thrown'],
    ['intervenes by a guardrail', [converseText(`I cannot talk about ${canary}.`, { stopReason: 'guardrail_intervened' })], 'refusal'],
    ['filters content', [converseText(quoted, { stopReason: 'content_filtered' })], 'refusal'],
    ['cuts the reply off', thrice(converseText(`SELECT '${canary}`, { stopReason: 'max_tokens' })), 'abstention'],
    ['finds the prompt too long', [converseText(quoted, { stopReason: 'model_context_window_exceeded' })], 'abstention'],
    ['has a stop reason nobody knows', thrice(converseText(quoted, { stopReason: canary })), 'abstention'],
    ['echoes the question', thrice(converseText(`You asked: ${question}`)), 'abstention'],
    ['echoes it as a tool call', thrice(converseTool({ sql: 7, [canary]: question })), 'abstention'],
    ['calls a tool nobody offered', thrice(converseMessage([{ toolUse: { toolUseId: canary, name: canary, input: { [canary]: 1 } } }], { stopReason: 'tool_use' })), 'abstention'],
    ['abstains with it', [converseTool({ abstain: `Nothing is known of ${canary}.` })], 'abstention'],
    ['asks back with it', [converseTool({ clarification: `Which ${canary}?` })], 'clarification'],
    ['writes it into a refused statement', thrice(converseTool({ sql: `DELETE FROM academics.students WHERE name = '${canary}'` })), 'refusal'],
    ['writes it as names', thrice(converseTool({ sql: `SELECT ${canary}.a, ${canary}() FROM ${canary}` })), 'refusal'],
    ['names a parameter by it', thrice(converseTool({ sql: `SELECT name FROM academics.students WHERE name = :zebrafinken` })), 'abstention'],
    ['writes it into a good statement', [converseTool({ sql: literal, explanation: `Counts ${canary}.` })], 'statement'],
    ['does not answer', thrice(silent), 'thrown', { model: { id: 'slow', generate: (request) => converse({ callTimeoutMs: 30 }).generate(request) } }],
    ['does not answer before the deadline', [silent], 'abstention', { deadlineMs: 60 }],
    ['does not answer before the caller aborts', [silentAborting(leaving)], 'thrown', {}, { signal: leaving.signal }],
    ['throws inside a stream', thrice(converseStream([{ type: 'validationException', body: { message: quoted }, exception: true }])), 'thrown', streamed],
    ['throws in the middle of a stream', [converseStream([...textEvents([canary]).slice(0, 2), { type: 'modelStreamErrorException', body: { message: quoted, originalMessage: question }, exception: true }])], 'thrown', streamed],
    ['ends a stream early', [converseStream(textEvents([canary]).slice(0, 2))], 'thrown', streamed],
    ['sends a stream that is none', thrice(raw(200, question, 'application/vnd.amazon.eventstream')), 'thrown', streamed],
  ])('%s', async (_name, replies, kind, options, input) => {
    http2.script(...replies);
    const left = await traces(options, input);
    expect(left.kind).toBe(kind);
    expect(holdsCanary(left.text), left.text).toBe(false);
  });
});

describe('no word of a question reaches a log when an OpenAI-compatible endpoint', () => {
  const events = (...data: readonly string[]): Reply => (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(data.map((line) => `data: ${line}\n\n`).join(''));
  };
  it.each<[string, readonly Reply[], boolean?]>([
    ['finds the request invalid', [json(400, { error: { message: quoted, param: question } })]],
    ['refuses in plain text', [raw(422, quoted, 'text/plain')]],
    ['refuses with the whole request', [(response, { body }) => void response.writeHead(400, {}).end(body)]],
    ['throttles', thrice(json(429, { error: quoted }))],
    ['sends what is no JSON', thrice(raw(200, question))],
    ['sends another shape', thrice(json(200, { choices: [{ message: { content: 7, [canary]: question } }] }))],
    ['breaks off', thrice(brokenOff)],
    ['reports an error inside a stream', thrice(events(JSON.stringify({ error: { message: quoted } }))), true],
    ['sends an event that is no JSON', thrice(events(question)), true],
    ['sends an event of another shape', thrice(events(JSON.stringify({ choices: [{ delta: { content: 7, [canary]: question } }] }))), true],
    ['ends a stream early', thrice(events(JSON.stringify({ choices: [{ delta: { content: question } }] }))), true],
    ['redirects', [(response) => void response.writeHead(302, { location: `/${encodeURIComponent(question)}` }).end()]],
    ['is not there', []],
  ])('%s', async (name, replies, streaming = false) => {
    http1.script(...replies);
    const url = name === 'is not there' ? 'http://127.0.0.1:9' : http1.url;
    const left = await traces({ streaming, model: createOpenAiCompatibleModel({ baseUrl: url, model: 'local', retry }) });
    expect(left.kind).toBe('thrown');
    expect(holdsCanary(left.text), left.text).toBe(false);
  });
});

describe('no word of a question reaches a log when what was injected fails', () => {
  const driverError = () => Object.assign(new Error(`canceling statement: ${literal}`), { code: '57014', detail: question, where: literal, internalQuery: literal, cause: new Error(question) });
  const dynamo = () => {
    const dynamoClient = new DynamoDBClient(settings(http1.url));
    closers.push(() => dynamoClient.destroy());
    return createDynamoDbCacheStore({ client: dynamoClient, tableName: 'cache' });
  };
  const embeddings = () => createBedrockEmbeddings({ client, modelId: 'amazon.titan-embed-text-v2:0', retry: { retries: 0 } });
  const small = { tokenBudget: 200 };

  it.each<readonly [string, string, () => { readonly options: Partial<TextToSqlOptions>; readonly http2?: readonly Reply[]; readonly http1?: readonly Reply[] }]>([
    ['the database, about the statement', 'abstention', () => ({ http2: thrice(converseTool({ sql: literal })), options: { dryRun: createExplainDryRun({ run: () => Promise.reject(Object.assign(new Error(`invalid input syntax for type integer: "${canary}"`), { code: '22P02', detail: question })) }) } })],
    ['the database, about something else', 'thrown', () => ({ http2: [converseTool({ sql: literal })], options: { dryRun: createExplainDryRun({ run: () => Promise.reject(driverError()) }) } })],
    ['a dry run that never ends', 'abstention', () => ({ http2: [converseTool({ sql: literal })], options: { deadlineMs: 200, dryRun: () => new Promise(() => undefined) } })],
    ['a vote', 'abstention', () => ({ http2: [converseTool({ sql: literal }), converseTool({ sql: literal })], options: { voting: { samples: 2, execute: () => Promise.reject(driverError()) } } })],
    ['a model of somebody else', 'thrown', () => ({ options: { model: { id: 'other', generate: () => Promise.reject(driverError()) } } })],
    ['a model that throws no error', 'thrown', () => ({ options: { model: { id: 'other', generate: () => Promise.reject(question) } } })],
    ['a linker', 'thrown', () => ({ options: { linker: () => ({ link: () => Promise.reject(driverError()) }) } })],
    ['a matcher of verified queries', 'thrown', () => ({ options: { verifiedQueries: () => Promise.reject(driverError()) } })],
    ['a loader of artifacts', 'thrown', () => ({ options: { artifact: () => Promise.reject(driverError()) } })],
    ['embeddings', 'thrown', () => ({ http2: [...schoolArtifact.relations.map(() => json(200, { embedding: [1, 0] })), awsError(400, 'ValidationException', quoted), awsError(400, 'ValidationException', quoted)], options: { linker: (artifact) => createSchemaLinker(artifact, { ...small, rankers: [{ ranker: createEmbeddingRanker(artifact, embeddings()), weight: 1 }] }) } })],
    ['a knowledge base', 'thrown', () => {
      const agent = new BedrockAgentRuntimeClient(settings(http2.url));
      closers.push(() => agent.destroy());
      return { http2: [awsError(400, 'ValidationException', quoted)], options: { linker: (artifact) => createSchemaLinker(artifact, { ...small, rankers: [{ ranker: createKnowledgeBaseRanker(artifact, { client: agent, knowledgeBaseId: 'KB', retry: { retries: 0 } }), weight: 1 }] }) } };
    }],
    ['a cache', 'statement', () => ({ http2: [converseTool({ sql: good })], options: { cache: { lookup: () => Promise.reject(driverError()), store: () => Promise.reject(driverError()) } } })],
    ['a cache by meaning in DynamoDB', 'statement', () => ({ http2: [json(200, { embedding: [1, 0] }), converseTool({ sql: good }), json(200, { embedding: [1, 0] })], http1: thrice(awsError(400, 'ValidationException', quoted)), options: { cache: createSemanticCache({ store: dynamo(), embeddings: embeddings() }) } })],
    ['a listener of the trace', 'statement', () => ({ http2: [converseTool({ sql: literal })], options: {} })],
  ])('%s', async (name, kind, make) => {
    const { options, http2: bedrock = [], http1: other = [] } = make();
    http2.script(...bedrock);
    http1.script(...other);
    const left = await traces(options, name === 'a listener of the trace' ? { onStep: () => { throw new Error(question); } } : {});
    expect(left.kind).toBe(kind);
    expect(holdsCanary(left.text), left.text).toBe(false);
  });

  it('a store of a cache that quotes the command it refuses', async () => {
    http2.script(json(200, { embedding: [1, 0] }));
    const refusing = { sendCommand: (command: readonly string[]) => (command[0] === 'GET' ? Promise.resolve(null) : Promise.reject(Object.assign(new Error(`ERR unknown command 'SET', with args beginning with: ${command.slice(1).join(' ')}`), { command: { name: 'SET', args: command } }))) };
    const cache = createSemanticCache({ store: createRedisCacheStore({ client: refusing }), embeddings: embeddings() });
    const error: unknown = await cache.store({ question, scope: 's' }, { sql: literal, parameters: {}, explanation: question, confidence: 1 }, {}).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'cache-failed', message: expect.stringContaining('ERR unknown command') });
    expect(holdsCanary(inspect(error, { depth: 12, showHidden: true }))).toBe(false);
  });

  it('a model that was to say what rows say', async () => {
    http2.script(awsError(400, 'ValidationException', quoted));
    const input = { question, columns: [{ name: 'n', type: 'int8' }], rows: [{ n: 3 }], truncated: false };
    const answers = [await answerWithModel(input, { model: converse() }), await answerWithModel(input, { model: { id: 'other', generate: () => Promise.reject(new Error(quoted)) } })];
    for (const { source, reason } of answers) expect([source, holdsCanary(reason ?? '')], reason ?? '').toEqual(['template', false]);
  });
});

describe('words of a question reach a log only', () => {
  it('as digests in the keys of a cache by words', async () => {
    const seen: string[] = [];
    http2.script(converseTool({ sql: good }));
    const cache = createExactCache({ store: { get: (key) => (seen.push(key), Promise.resolve(null)), set: (key, value) => (seen.push(key, value), Promise.resolve()) } });
    expect(holdsCanary((await traces({ cache })).text)).toBe(false);
    expect(seen).toHaveLength(3);
    expect(holdsCanary(seen.join())).toBe(false);
  });

  it('when an adapter is told to pass on what a service says', async () => {
    http2.script(awsError(400, 'ValidationException', quoted));
    expect(holdsCanary((await traces({ model: converse({ serviceWords: 'whole' }) })).text)).toBe(true);
  });

  it('when the trace is told to hold SQL', async () => {
    http2.script(converseTool({ sql: literal }));
    expect(holdsCanary((await traces({ traceContent: true })).text)).toBe(true);
  });

  it('never when an adapter is told to pass on nothing', async () => {
    http2.script(awsError(400, 'ValidationException', 'The provided model identifier is invalid.'));
    const { text } = await traces({ model: converse({ serviceWords: 'none' }) });
    expect(text).toContain('ValidationException');
    expect(text).not.toContain('identifier');
  });
});
