import { startLocalLambda, type LocalLambda, type LocalLambdaOptions } from '@ask-aurora/local-aws';
import { createArtifact } from '@ask-aurora/nl2sql';
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTenantDatabase, tenantPolicy, tenantSettings, type TenantDatabase } from './start-tenant-database.js';

const script = fileURLToPath(new URL('../../../packages/agent-actions/scripts/bundle.mjs', import.meta.url));
const secretKey = 'aws-secret-access-key-7c1d';
let directory: string;
let database: TenantDatabase;
const running: LocalLambda[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-aurora-bundle-'));
  const [tenants] = await Promise.all([startTenantDatabase(), promisify(execFile)(process.execPath, [script, '--out', join(directory, 'one'), '--out', join(directory, 'two')])]);
  database = tenants;
}, 180_000);
afterAll(async () => {
  await database.stop();
  await rm(directory, { recursive: true, force: true });
});
afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.stop();
});

async function start(name: 'execute-query' | 'generate-query', environment: Readonly<Record<string, string>>, more: Partial<LocalLambdaOptions> = {}) {
  let output = '';
  const lambda = await startLocalLambda({
    code: join(directory, 'one', name),
    name,
    environment: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: secretKey, AWS_ENDPOINT_URL_RDS_DATA: database.dataApi.endpoint, ...environment },
    onOutput: (text) => (output += text),
    startTimeoutMs: 60_000,
    ...more,
  });
  running.push(lambda);
  const lines = () => output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { lambda, lines, output: () => output };
}

const executeEnvironment = (): Record<string, string> => ({
  ASK_AURORA_RESOURCE_ARN: database.resourceArn,
  ASK_AURORA_SECRET_ARN: database.readerSecretArn,
  ASK_AURORA_DATABASE: 'tenants',
  ASK_AURORA_POLICY: JSON.stringify(tenantPolicy),
  ASK_AURORA_TENANT_SETTINGS: JSON.stringify(tenantSettings),
  ASK_AURORA_MAX_PLAN_COST: '1000000',
});
const classic = (tool: string, parameters: Readonly<Record<string, string>>, sessionAttributes = { tenantId: 't-3' }) => ({
  messageVersion: '1.0', sessionId: 'session-1', actionGroup: 'Group', function: tool, inputText: '', sessionAttributes,
  parameters: Object.entries(parameters).map(([name, value]) => ({ name, type: 'string', value })),
});
const bodyOf = (outcome: Awaited<ReturnType<LocalLambda['invoke']>>): unknown => {
  if (!outcome.ok) throw new Error(`${outcome.errorType}: ${outcome.errorMessage}`);
  return JSON.parse((outcome.payload as { response: { functionResponse: { responseBody: { TEXT: { body: string } } } } }).response.functionResponse.responseBody.TEXT.body);
};

describe('the bundles of the Lambda functions', () => {
  it.each(['execute-query', 'generate-query'])('%s is the same byte for byte when built again, and under 1 MB zipped', async (name) => {
    const files = (await readdir(join(directory, 'one', name))).sort();
    expect((await readdir(join(directory, 'two', name))).sort()).toEqual(files);
    let zipped = 0;
    for (const file of files) {
      const bytes = await readFile(join(directory, 'one', name, file));
      expect(bytes.equals(await readFile(join(directory, 'two', name, file))), file).toBe(true);
      // A zip adds two headers and the name twice for each file.
      zipped += deflateRawSync(bytes, { level: 9 }).length + 30 + 46 + 2 * file.length;
    }
    expect(zipped).toBeLessThan(1_000_000);
  });
});

describe('the function that executes', () => {
  it('answers a Bedrock agent from the database, and tells of it in log and metrics without a value or a secret', async () => {
    const { lambda, lines, output } = await start('execute-query', executeEnvironment());
    const sql = "SELECT customer FROM orders WHERE customer <> 'customer 23' ORDER BY id LIMIT 2";
    expect(bodyOf(await lambda.invoke(classic('execute_query', { sql })))).toMatchObject({ outcome: 'rows', rows: [['customer 3'], ['customer 43']] });
    expect(bodyOf(await lambda.invoke(classic('execute_query', { sql: 'SELECT id FROM orders WHERE customer = :c', parameters: '{"c":"customer 3"}' })))).toMatchObject({ outcome: 'rows', rows: [[3]] });
    expect(bodyOf(await lambda.invoke(classic('execute_query', { sql: "DELETE FROM orders WHERE customer = 'customer 3'" })))).toMatchObject({ outcome: 'refusal', stage: 'guard' });
    const records = lines().filter((line) => line['message'] === 'audit');
    expect(records).toHaveLength(3);
    expect(records[0]).toMatchObject({ level: 'INFO', service: 'execute-query', cold_start: true, audit: { action: 'execute-query', front: 'bedrock-classic', outcome: 'rows', rows: 2, tenant: { tenantId: 't-3' }, planCost: expect.any(Number) as number } });
    const metrics = lines().filter((line) => '_aws' in line && 'Calls' in line);
    expect(metrics[0]).toMatchObject({ action: 'execute-query', outcome: 'rows', Calls: 1, Rows: 2, Duration: expect.any(Number) as number });
    for (const secret of ['customer 3', 'customer 23', 'customer 43', secretKey]) expect(output()).not.toContain(secret);
  });

  it('answers an AgentCore Gateway by the same bundle, with the tenant of the target', async () => {
    const { lambda } = await start('execute-query', { ...executeEnvironment(), ASK_AURORA_TENANT: '{"tenantId":"t-7"}' });
    const clientContext = { custom: { bedrockAgentCoreToolName: 'target___execute_query' } };
    expect(await lambda.invoke({ sql: 'SELECT DISTINCT tenant_id FROM orders', tenantId: 't-1' }, { clientContext })).toMatchObject({ ok: true, payload: { outcome: 'rows', rows: [['t-7']] } });
  });

  it('says what is wrong with its environment, and nothing of its values', async () => {
    const { lambda, output } = await start('execute-query', { ...executeEnvironment(), ASK_AURORA_RESOURCE_ARN: 'secret-looking' });
    expect(await lambda.invoke(classic('execute_query', { sql: 'SELECT 1' }))).toMatchObject({ ok: false, errorMessage: expect.stringContaining('ASK_AURORA_RESOURCE_ARN') as string });
    expect(output()).not.toContain('secret-looking');
  });

  it('sends a trace of its steps where X-Ray samples', async () => {
    const socket = createSocket('udp4');
    const segments: string[] = [];
    socket.on('message', (message) => segments.push(message.toString('utf8')));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    try {
      const { lambda } = await start('execute-query', { ...executeEnvironment(), AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${socket.address().port}` }, { isTraced: true });
      expect(bodyOf(await lambda.invoke(classic('execute_query', { sql: "SELECT count(*) FROM orders WHERE customer <> 'customer 3'" })))).toMatchObject({ outcome: 'rows' });
      await expect.poll(() => segments.join('\n')).toContain('## execute-query');
      expect(segments.join('\n')).toContain('"outcome":"rows"');
      expect(segments.join('\n')).not.toContain('customer 3');
    } finally {
      socket.close();
    }
  });
});

describe('the function that generates', () => {
  const column = (name: string, type: string) => ({ name, type, nullable: false, comment: null });
  const artifact = createArtifact({ dialect: 'postgresql', serverVersion: '17', database: 'tenants', relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [column('id', 'integer'), column('customer', 'text')] }] });

  it('reads its schema from S3', async () => {
    const asked: string[] = [];
    const s3 = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { etag: '"one"', 'content-type': 'application/json' }).end(JSON.stringify(artifact));
    });
    await new Promise<void>((resolve) => s3.listen(0, '127.0.0.1', resolve));
    try {
      const { lambda } = await start('generate-query', { ASK_AURORA_MODEL_ID: 'offline', ASK_AURORA_SCHEMA_S3: 's3://artifacts/tenants/schema.json', AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(s3.address() as AddressInfo).port}` });
      for (const question of ['How many orders are there?', 'How many customers are in the orders?']) expect(bodyOf(await lambda.invoke(classic('generate_query', { question })))).not.toMatchObject({ outcome: 'failure' });
      expect(asked).toEqual([expect.stringContaining('/artifacts/tenants/schema.json')]);
    } finally {
      s3.close();
    }
  });

  it('writes a statement from the schema in its bundle, without a database', async () => {
    const file = join(directory, 'schema.json');
    await writeFile(file, JSON.stringify(artifact));
    const { lambda, lines, output } = await start('generate-query', { ASK_AURORA_MODEL_ID: 'offline', ASK_AURORA_SCHEMA_PATH: file, AWS_ENDPOINT_URL_RDS_DATA: 'http://127.0.0.1:9' });
    expect(bodyOf(await lambda.invoke(classic('generate_query', { question: 'How many orders are there?' })))).toMatchObject({ outcome: 'statement', sql: expect.stringMatching(/count\(\*\)[\s\S]*orders/i) as string });
    expect(bodyOf(await lambda.invoke(classic('generate_query', { question: 'Delete all orders of my neighbour' })))).toMatchObject({ outcome: 'refusal', stage: 'screen' });
    expect(lines().filter((line) => line['message'] === 'audit').map((line) => (line['audit'] as { outcome: string }).outcome)).toEqual(['statement', 'refusal']);
    expect(output()).not.toContain('neighbour');
  });
});
