import { BedrockAgentRuntimeClient, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack, type LocalStack } from './start-local-stack.js';

const run = promisify(execFile);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ aurora: { ephemeral: true } });
});
afterAll(() => stack.stop());

/** Whether a program can be run here. */
async function isHere(command: string, ...arguments_: string[]): Promise<boolean> {
  return run(command, arguments_, { timeout: 60_000 }).then(() => true, () => false);
}

describe('the local stack', () => {
  it('answers a question from the database by way of the agent', async () => {
    const client = new BedrockAgentRuntimeClient({ endpoint: stack.bedrock.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const { completion } = await client.send(new InvokeAgentCommand({ agentId: stack.bedrock.agentId, agentAliasId: stack.bedrock.agentAliasId, sessionId: 'one-1', inputText: 'How many students are there?', enableTrace: true }));
    let text = '';
    let rows: unknown;
    for await (const event of completion ?? []) {
      if (event.chunk?.bytes !== undefined) text += new TextDecoder().decode(event.chunk.bytes);
      const output = event.trace?.trace?.orchestrationTrace?.observation?.actionGroupInvocationOutput?.text;
      if (output !== undefined) rows = (JSON.parse(output) as { rows?: unknown }).rows ?? rows;
    }
    const [[count]] = rows as [[number]];
    expect(count).toBeGreaterThanOrEqual(500);
    expect(text.replaceAll(',', '')).toContain(String(count));
    client.destroy();
  });

  it('refuses a write in words and abstains from what it cannot know', async () => {
    const caller = { sessionId: 's', principal: null, tenant: {}, front: 'cli' } as const;
    expect(await stack.ask({ question: 'Delete all students', caller })).toMatchObject({ kind: 'not-generated', generated: { kind: 'refusal' } });
    expect(await stack.ask({ question: 'What is the airspeed velocity of an unladen swallow?', caller })).toMatchObject({ kind: 'not-generated', generated: { kind: 'abstention' } });
  });

  it('serves Converse with the tools of the agent, step by step', async () => {
    const client = new BedrockRuntimeClient({ endpoint: stack.bedrock.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const reply = await client.send(new ConverseCommand({ modelId: 'any', messages: [{ role: 'user', content: [{ text: 'How many students are there?' }] }] }));
    expect(reply).toMatchObject({ stopReason: 'tool_use', output: { message: { content: [{ toolUse: { name: 'generate_query', input: { question: 'How many students are there?' } } }] } } });
    client.destroy();
  });

  it('answers boto3, which speaks HTTP/1.1', async ({ skip }) => {
    if (!(await isHere('python3', '-c', 'import boto3'))) return skip('Python with boto3 is not installed.');
    const script = `
import boto3
client = boto3.client('bedrock-agent-runtime')
response = client.invoke_agent(agentId='${stack.bedrock.agentId}', agentAliasId='${stack.bedrock.agentAliasId}', sessionId='boto-1', inputText='How many students are there?', enableTrace=True)
text, traces = '', 0
for event in response['completion']:
    text += event['chunk']['bytes'].decode() if 'chunk' in event else ''
    traces += 'trace' in event
found = client.retrieve(knowledgeBaseId='${stack.knowledgeBaseId}', retrievalQuery={'text': 'students'})
print(text, traces, len(found['retrievalResults']))
`;
    const { stdout } = await run('python3', ['-c', script], { env: { ...process.env, ...stack.environment }, timeout: 240_000 });
    expect(stdout).toMatch(/students.*\d|\d.*students|\d/i);
    const [, traces, found] = /(\d+) (\d+)\s*$/.exec(stdout) ?? [];
    expect(Number(traces)).toBeGreaterThan(5);
    expect(Number(found)).toBeGreaterThan(0);
  }, 300_000);

  it('serves the documented examples of the AWS CLI', async ({ skip }) => {
    if (!(await isHere('aws', '--version'))) return skip('The AWS CLI is not installed.');
    const directory = await mkdtemp(join(tmpdir(), 'ask-aurora-cli-'));
    const aws = async (...arguments_: string[]) => (await run('aws', arguments_, { env: { ...process.env, ...stack.environment }, cwd: directory, timeout: 240_000 })).stdout;
    try {
      const retrieved = JSON.parse(await aws('bedrock-agent-runtime', 'retrieve', '--knowledge-base-id', stack.knowledgeBaseId, '--retrieval-query', '{"text":"students"}')) as { retrievalResults: unknown[] };
      expect(retrieved.retrievalResults.length).toBeGreaterThan(0);
      const conversed = JSON.parse(await aws('bedrock-runtime', 'converse', '--model-id', 'any', '--messages', '[{"role":"user","content":[{"text":"How many students are there?"}]}]')) as { stopReason: string };
      expect(conversed.stopReason).toBe('tool_use');
      const rows = JSON.parse(await aws('rds-data', 'execute-statement', '--resource-arn', stack.aurora.resourceArn, '--secret-arn', stack.aurora.readOnlySecretArn, '--database', 'university', '--sql', 'select count(*) from academics.students')) as { records: [[{ longValue: number }]] };
      expect(rows.records[0][0].longValue).toBeGreaterThanOrEqual(500);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }, 120_000);
});
