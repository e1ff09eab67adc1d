import { createScriptedModel } from '@ask-aurora/agent-actions/testing';
import { Nl2SqlError, createArtifact, createBedrockConverseModel } from '@ask-aurora/nl2sql';
import { BedrockAgentRuntimeClient, RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { ApplyGuardrailCommand, BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaDocuments } from '../agent-runtime/knowledge-base.js';
import { startLocalBedrock, type LocalBedrock } from '../start-local-bedrock.js';

const call = { type: 'tool-use', id: 'tooluse_1', name: 'generate_query', input: { question: 'x' } } as const;
const throttled = new Nl2SqlError({ code: 'model-throttled', message: 'm' });
let bedrock: LocalBedrock;
let client: BedrockRuntimeClient;
beforeAll(async () => {
  const column = { name: 'name', type: 'text', nullable: false, comment: null };
  const artifact = createArtifact({
    dialect: 'postgresql', serverVersion: null, database: null,
    relations: [
      { schema: 'academics', name: 'students', kind: 'table', comment: 'People who study.', columns: [column] },
      { schema: 'facilities', name: 'buildings', kind: 'table', comment: 'Houses of the university.', columns: [column] },
    ],
  });
  bedrock = await startLocalBedrock({
    agent: {},
    models: {
      'test.model-v1:0': createScriptedModel([[{ type: 'text', text: 'Let me see.' }, call], [{ type: 'text', text: 'Let me see.' }, call], [{ type: 'text', text: 'round trip' }], [{ type: 'text', text: 'round trip' }], [{ type: 'text', text: 'the answer is payroll' }]]),
      throttled: createScriptedModel([throttled, throttled]),
    },
    guardrails: { gr1: { name: 'g', blockedInputMessaging: 'No.', blockedOutputsMessaging: 'Not shown.', wordPolicyConfig: { wordsConfig: [{ text: 'payroll' }] } } },
    knowledgeBases: { KB12345678: schemaDocuments(artifact) },
  });
  client = new BedrockRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await bedrock.stop();
});

const messages = [{ role: 'user' as const, content: [{ text: 'How many?' }] }];
const toolConfig = { tools: [{ toolSpec: { name: 'generate_query', description: 'd', inputSchema: { json: { type: 'object' } } } }] };

describe('Converse, called by the AWS SDK', () => {
  it('gives text, tool calls and usage', async () => {
    expect(await client.send(new ConverseCommand({ modelId: 'test.model-v1:0', messages, toolConfig }))).toMatchObject({
      stopReason: 'tool_use',
      output: { message: { role: 'assistant', content: [{ text: 'Let me see.' }, { toolUse: { toolUseId: 'tooluse_1', name: 'generate_query', input: { question: 'x' } } }] } },
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    });
  });

  it('streams the same in events', async () => {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'test.model-v1:0', messages, toolConfig }));
    const events = [];
    for await (const event of stream ?? []) events.push(event);
    expect(events.map((event) => Object.keys(event)[0])).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockDelta', 'contentBlockDelta', 'contentBlockStop', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata']);
    expect(events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('')).toBe('Let me see.');
  });

  it('serves the model adapter of this project', async () => {
    const model = createBedrockConverseModel({ client, modelId: 'test.model-v1:0' });
    const request = { system: [{ text: 's', cachePoint: true }], messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'x' }] }] };
    expect(await model.generate(request)).toMatchObject({ content: [{ type: 'text', text: 'round trip' }], stopReason: 'end' });
    const text: string[] = [];
    for await (const event of model.stream?.(request) ?? []) if (event.type === 'text-delta') text.push(event.text);
    expect(text.join('')).toBe('round trip');
  });

  it('applies a guardrail to what comes in and what goes out', async () => {
    const guardrailConfig = { guardrailIdentifier: 'gr1', guardrailVersion: '1', trace: 'enabled' as const };
    expect(await client.send(new ConverseCommand({ modelId: 'test.model-v1:0', messages: [{ role: 'user', content: [{ text: 'the payroll?' }] }], guardrailConfig }))).toMatchObject({
      stopReason: 'guardrail_intervened', output: { message: { content: [{ text: 'No.' }] } }, trace: { guardrail: { inputAssessment: { gr1: { wordPolicy: { customWords: [{ match: 'payroll', action: 'BLOCKED' }] } } } } },
    });
    expect(await client.send(new ConverseCommand({ modelId: 'test.model-v1:0', messages, guardrailConfig }))).toMatchObject({ stopReason: 'guardrail_intervened', output: { message: { content: [{ text: 'Not shown.' }] } } });
  });

  it.each([
    ['an unknown model', { modelId: 'nobody', messages }, 'ResourceNotFoundException'],
    ['no messages', { modelId: 'test.model-v1:0', messages: [] }, 'ValidationException'],
    ['a throttled model', { modelId: 'throttled', messages }, 'ThrottlingException'],
    ['an unknown guardrail', { modelId: 'test.model-v1:0', messages, guardrailConfig: { guardrailIdentifier: 'x', guardrailVersion: '1' } }, 'ResourceNotFoundException'],
  ])('answers %s with the error of the service', async (_, input, name) => {
    await expect(client.send(new ConverseCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('the server', () => {
  const post = (headers: Record<string, string>, path = '/model/nobody/converse') =>
    new Promise<{ readonly status: number; readonly type: string | undefined }>((resolve, reject) => {
      request(`${bedrock.endpoint}${path}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, type: response.headers['x-amzn-errortype'] as string | undefined });
      }).on('error', reject).end('{}');
    });

  it('serves localhost and no other name', async () => {
    expect(await post({ host: 'evil.example' })).toEqual({ status: 403, type: 'AccessDeniedException' });
    expect(await post({})).toEqual({ status: 404, type: 'ResourceNotFoundException' });
  });

  it('says so when it has no such operation', async () => {
    expect(await post({}, '/nothing/here')).toEqual({ status: 404, type: 'UnknownOperationException' });
  });
});

describe('ApplyGuardrail, called by the AWS SDK', () => {
  it('judges a text by itself', async () => {
    const apply = (text: string) => client.send(new ApplyGuardrailCommand({ guardrailIdentifier: 'gr1', guardrailVersion: '1', source: 'INPUT', content: [{ text: { text } }] }));
    expect(await apply('the payroll')).toMatchObject({ action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'No.' }], assessments: [{ wordPolicy: { customWords: [{ match: 'payroll' }] } }] });
    expect(await apply('payrolls of students')).toMatchObject({ action: 'NONE', outputs: [] });
  });
});

describe('Retrieve, called by the AWS SDK', () => {
  it('finds the documents of a question, best first, page by page', async () => {
    const agentRuntime = new BedrockAgentRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
    const find = (text: string, nextToken?: string) =>
      agentRuntime.send(new RetrieveCommand({ knowledgeBaseId: 'KB12345678', retrievalQuery: { text }, retrievalConfiguration: { vectorSearchConfiguration: { numberOfResults: 1 } }, ...(nextToken === undefined ? {} : { nextToken }) }));
    const first = await find('the names of all students and buildings who study');
    expect(first).toMatchObject({ retrievalResults: [{ score: 1, content: { text: expect.stringContaining('academics.students') as string }, location: { type: 'S3' }, metadata: { relation: 'students' } }] });
    const second = await find('the names of all students and buildings who study', first.nextToken);
    expect(second.retrievalResults?.[0]?.metadata).toMatchObject({ relation: 'buildings' });
    expect(second.nextToken).toBeUndefined();
    await expect(agentRuntime.send(new RetrieveCommand({ knowledgeBaseId: 'NOPE123456', retrievalQuery: { text: 'x' } }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    agentRuntime.destroy();
  });
});
