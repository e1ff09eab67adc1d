import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalAurora } from '@ask-aurora/local-aurora';
import type { LocalAurora } from '@ask-aurora/local-aurora';
import { startLocalBedrock, startLocalLambda } from '@ask-aurora/local-aws';
import type { LocalBedrock, LocalLambda } from '@ask-aurora/local-aws';
import { introspect } from '@ask-aurora/nl2sql';
import type { Model } from '@ask-aurora/nl2sql';
import { Duration, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ArtifactSource, AuditTrail, BedrockModel, QueryActions, ReadOnlyAurora, SqlAgent, SqlGateway } from '../index.js';
import { isAllowed } from '../testing/checks/simulate-access.js';
import type { AccessRequest } from '../testing/checks/simulate-access.js';
import { createDataApiReader } from '../testing/data-api-reader.js';
import { startLocalDynamoDb } from '../testing/local-dynamodb.js';
import type { LocalDynamoDb } from '../testing/local-dynamodb.js';
import { startLocalS3 } from '../testing/local-s3.js';
import type { LocalS3 } from '../testing/local-s3.js';
import { resolveIntrinsics } from '../testing/resolve-intrinsics.js';
import type { Deployment } from '../testing/resolve-intrinsics.js';
import { synthesize } from '../testing/synthesize.js';
import type { Synthesized, Template, TemplateResource } from '../testing/synthesize.js';

const question = 'How many students are enrolled in each department?';
const profileId = 'us.anthropic.claude-sonnet-4-6';
const statement = 'SELECT d.name, count(*) AS students FROM academics.departments d JOIN academics.courses c ON c.department_id = d.department_id JOIN academics.enrollments e ON e.course_id = c.course_id GROUP BY d.name ORDER BY d.name';
const account = '000000000000';
const region = 'us-east-1';

/** What AWS would run: the template's functions with the template's environment, everything else on this machine. */
let aurora: LocalAurora;
let s3: LocalS3;
let dynamodb: LocalDynamoDb;
let bedrock: LocalBedrock;
let app: Synthesized;
let template: Template;
let generate: LocalLambda;
let execute: LocalLambda;
let output = '';

const deployment = (): Deployment => ({
  account, region,
  ref: (id) => (/Secret/.test(id) ? aurora.readOnlySecretArn : id),
  attribute: (id, name) => (/CacheTable/.test(id) && name === 'Arn' ? tableArn(id) : /Arn$/.test(name) ? `arn:aws:local:${region}:${account}:${id}` : `${id}.${name}`),
});
const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
const find = (type: string, prefix = ''): readonly [string, TemplateResource] => {
  const found = Object.entries(template.Resources).filter(([id, resource]) => resource.Type === type && id.startsWith(prefix));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${type} begin with ${prefix}: ${found.map(([id]) => id).join(', ')}`);
  return found[0];
};
const property = <T>(resource: TemplateResource, name: string): T => resolveIntrinsics(resource.Properties?.[name], deployment()) as T;

beforeAll(async () => {
  aurora = await startLocalAurora({ ephemeral: true, samples: ['university'] });
  const schemaFile = join(mkdtempSync(join(tmpdir(), 'ask-aurora-schema-')), 'schema.json');
  writeFileSync(schemaFile, JSON.stringify(await introspect(createDataApiReader(aurora, 'university'), { relationsPerQuery: 50 })));
  app = synthesize((root) => { build(root, schemaFile); });
  const only = app.templates['Deployed'];
  if (only === undefined) throw new Error('There is no template.');
  template = only;
  s3 = await startLocalS3(uploadedAssets());
  const [tableId, table] = find('AWS::DynamoDB::Table');
  dynamodb = await startLocalDynamoDb({ [tableId]: property<readonly { readonly AttributeName: string }[]>(table, 'KeySchema')[0]?.AttributeName ?? '' });
  bedrock = await startLocalBedrock({ agent: { generateQuery: () => { throw new Error('unused'); }, executeQuery: () => { throw new Error('unused'); } }, models: { [profileId]: knownModel } });
  generate = await deploy('ActionsGenerateQuery');
  execute = await deploy('ActionsExecuteQuery');
}, 180_000);

afterAll(async () => {
  await Promise.all([generate.stop(), execute.stop()]);
  await Promise.all([bedrock.stop(), s3.stop(), dynamodb.stop()]);
  await aurora.stop();
});

function build(root: App, schemaFile: string): void {
  const stack = new Stack(root, 'Deployed');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'ask-aurora-local', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', `arn:aws:secretsmanager:${region}:${account}:secret:ask-aurora-local/admin-AAAAAA`),
    databaseName: 'university',
    engine: { dialect: 'postgresql', majorVersion: 17 },
  });
  const access = database.addReadOnlyRole('Role', { schemas: ['academics', 'staff', 'facilities', 'research'] });
  const model = BedrockModel.inferenceProfile(profileId, { prices: { inputPerMillion: 3, outputPerMillion: 15 } });
  const actions = new QueryActions(stack, 'Actions', { access, model, schema: ArtifactSource.fromFile(schemaFile), limits: { maxRows: 5 }, cache: { results: Duration.minutes(5) } });
  new SqlAgent(stack, 'Agent', { actions, model });
  new SqlGateway(stack, 'Gateway', { actions });
  new AuditTrail(stack, 'Audit', { actions });
}

/** What the CDK would upload, under the names that the template uses. */
function uploadedAssets(): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(join(app.directory, 'Deployed.assets.json'), 'utf8')) as {
    readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: string }; readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>> }>>;
  };
  const fill = (text: string): string => text.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
  return new Map(Object.values(manifest.files).filter((file) => file.source.packaging === 'file').flatMap((file) => Object.values(file.destinations).map(
    ({ bucketName, objectKey }) => [`${fill(bucketName)}/${fill(objectKey)}`, readFileSync(join(app.directory, file.source.path), 'utf8')] as const)));
}

function environmentOf(resource: TemplateResource): Readonly<Record<string, string>> {
  return property<{ readonly Variables: Readonly<Record<string, string>> }>(resource, 'Environment').Variables;
}

async function deploy(prefix: string): Promise<LocalLambda> {
  const [, resource] = find('AWS::Lambda::Function', prefix);
  const { S3Key } = property<{ readonly S3Key: string }>(resource, 'Code');
  return startLocalLambda({
    code: app.assetPath(S3Key.replace(/\.zip$/, '')),
    handler: property<string>(resource, 'Handler'),
    name: prefix,
    startTimeoutMs: 60_000,
    environment: {
      ...environmentOf(resource),
      AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_RDS_DATA: aurora.dataApi.endpoint, AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint,
    },
    onOutput: (text) => { output += text; },
  });
}

let modelCalls = 0;
const knownModel: Model = {
  id: 'known',
  generate: (request) => {
    modelCalls += 1;
    const reply = { sql: statement, parameters: {}, explanation: 'Counts enrollments by department.', confidence: 1 };
    const tool = request.tools?.[0];
    return Promise.resolve({
      content: tool === undefined ? [{ type: 'text', text: JSON.stringify(reply) }] : [{ type: 'tool-use', id: 'one', name: tool.name, input: reply }],
      stopReason: tool === undefined ? 'end' : 'tool-use', usage: { inputTokens: 100, outputTokens: 20 }, latencyMs: 1,
    });
  },
};

interface ActionGroup {
  readonly ActionGroupName: string;
  readonly ActionGroupExecutor: { readonly Lambda: string };
  readonly ApiSchema: { readonly Payload: string };
}

/** The event that Bedrock documents for an OpenAPI action group, made from the agent's own schema in the template. */
function agentEvent(slug: string, values: Readonly<Record<string, string>>): unknown {
  const [, agent] = find('AWS::Bedrock::Agent');
  const group = property<readonly ActionGroup[]>(agent, 'ActionGroups').find((each) => each.ActionGroupName === slug);
  if (group === undefined) throw new Error(`The agent has no action group ${slug}.`);
  const document = JSON.parse(group.ApiSchema.Payload) as { readonly paths: Readonly<Record<string, { readonly post: { readonly requestBody: { readonly content: Readonly<Record<string, { readonly schema: { readonly properties: Readonly<Record<string, { readonly type: string }>>; readonly required: readonly string[] } }>> } } }>> };
  const [apiPath = '', operation] = Object.entries(document.paths)[0] ?? [];
  const [contentType = '', content] = Object.entries(operation?.post.requestBody.content ?? {})[0] ?? [];
  const properties = Object.entries(content?.schema.properties ?? {}).filter(([name]) => values[name] !== undefined).map(([name, { type }]) => ({ name, type, value: values[name] ?? '' }));
  expect(properties.map((each) => each.name)).toEqual(expect.arrayContaining([...(content?.schema.required ?? [])]));
  return {
    messageVersion: '1.0', agent: { name: 'agent', id: 'AGENT00001', alias: 'ALIAS00001', version: '1' }, inputText: question, sessionId: 'session-1',
    actionGroup: group.ActionGroupName, apiPath, httpMethod: 'POST', parameters: [], requestBody: { content: { [contentType]: { properties } } }, sessionAttributes: {}, promptSessionAttributes: {},
  };
}

async function invoke(lambda: LocalLambda, event: unknown, clientContext?: unknown): Promise<Record<string, unknown>> {
  const outcome = await lambda.invoke(event, clientContext === undefined ? {} : { clientContext });
  if (!outcome.ok) throw new Error(`${outcome.errorType}: ${outcome.errorMessage}`);
  const payload = outcome.payload as { readonly response?: { readonly responseBody: { readonly 'application/json': { readonly body: string } } } };
  return (payload.response === undefined ? payload : JSON.parse(payload.response.responseBody['application/json'].body)) as Record<string, unknown>;
}

describe('the deployed functions, with the code and the environment of the template', () => {
  test('write and run the statement for a question that a Bedrock agent passes on', async () => {
    const written = await invoke(generate, agentEvent('generate-query', { question }));
    expect(written).toMatchObject({ outcome: 'statement', sql: expect.stringContaining('academics.departments') as string });
    const rows = await invoke(execute, agentEvent('execute-query', { sql: String(written['sql']), parameters: '{}' }));
    expect(rows).toMatchObject({ outcome: 'rows', truncated: true });
    expect(rows['rows']).toHaveLength(5);
  });

  test('serve the tools of the AgentCore Gateway by the names that its targets have', async () => {
    const [, target] = find('AWS::BedrockAgentCore::GatewayTarget', 'GatewayTargetexecutequery');
    const configuration = property<{ readonly Mcp: { readonly Lambda: { readonly ToolSchema: { readonly InlinePayload: readonly { readonly Name: string }[] } } } }>(target, 'TargetConfiguration');
    const tool = configuration.Mcp.Lambda.ToolSchema.InlinePayload[0]?.Name ?? '';
    const rows = await invoke(execute, { sql: 'SELECT count(*) AS n FROM academics.students' }, { custom: { bedrockAgentCoreToolName: `${property<string>(target, 'Name')}___${tool}` } });
    expect(rows).toMatchObject({ outcome: 'rows' });
  });

  test('refuse to write', async () => {
    expect(await invoke(execute, agentEvent('execute-query', { sql: 'DELETE FROM academics.students' }))).toMatchObject({ outcome: 'refusal' });
    expect(await invoke(generate, agentEvent('generate-query', { question: 'Delete all students' }))).toMatchObject({ outcome: 'refusal' });
  });

  test('call nothing that their roles would be denied, and are allowed nothing else of these services', async () => {
    const { calls } = aurora.dataApi.stats();
    const used = (Object.keys(calls) as string[]).map((operation) => `rds-data:${operation.slice(0, 1).toUpperCase()}${operation.slice(1)}`);
    const executeRole = find('AWS::IAM::Role', 'ActionsExecuteQueryRole')[0];
    const generateRole = find('AWS::IAM::Role', 'ActionsGenerateQueryRole')[0];
    const allowed = (role: string, request: AccessRequest): Promise<boolean> => isAllowed(template, role, request, deployment());
    expect(used.sort()).toEqual(['rds-data:BeginTransaction', 'rds-data:ExecuteStatement', 'rds-data:RollbackTransaction']);
    for (const action of used) {
      expect(await allowed(executeRole, { action, resource: aurora.resourceArn }), action).toBe(true);
      expect(await allowed(generateRole, { action, resource: aurora.resourceArn }), action).toBe(false);
    }
    expect(await allowed(executeRole, { action: 'secretsmanager:GetSecretValue', resource: aurora.readOnlySecretArn })).toBe(true);
    expect(await allowed(executeRole, { action: 'secretsmanager:GetSecretValue', resource: aurora.adminSecretArn })).toBe(false);
    expect(new Set(s3.calls).size).toBe(1);
    const object = (s3.calls[0] ?? '').replace('GET ', '');
    for (const role of [executeRole, generateRole]) {
      expect(await allowed(role, { action: 's3:GetObject', resource: `arn:aws:s3:::${object}` })).toBe(true);
      expect(await allowed(role, { action: 's3:GetObject', resource: `arn:aws:s3:::${object}.other` })).toBe(false);
    }
    expect(await allowed(generateRole, { action: 'bedrock:InvokeModel', resource: `arn:aws:bedrock:${region}:${account}:inference-profile/${profileId}` })).toBe(true);
  });

  test('give a statement and its rows again from the table, each function out of its own part of it', async () => {
    const [tableId, table] = find('AWS::DynamoDB::Table');
    expect(table).toMatchObject({ DeletionPolicy: 'Delete', Properties: { BillingMode: 'PAY_PER_REQUEST', SSESpecification: { SSEEnabled: true }, TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } } });
    const before = { modelCalls, statements: aurora.dataApi.stats().calls.ExecuteStatement ?? 0 };
    expect(await invoke(generate, agentEvent('generate-query', { question: `  ${question.toLowerCase()}` }))).toMatchObject({ outcome: 'statement' });
    expect(await invoke(execute, agentEvent('execute-query', { sql: statement, parameters: '{}' }))).toMatchObject({ outcome: 'rows', truncated: true });
    expect({ modelCalls, statements: aurora.dataApi.stats().calls.ExecuteStatement ?? 0 }).toEqual(before);

    const arn = tableArn(tableId);
    const roles = { 'exact:': find('AWS::IAM::Role', 'ActionsGenerateQueryRole')[0], 'rows:': find('AWS::IAM::Role', 'ActionsExecuteQueryRole')[0] };
    expect(new Set(dynamodb.calls.map((call) => call.operation))).toEqual(new Set(['GetItem', 'PutItem']));
    for (const { operation, key } of dynamodb.calls) {
      const [own, other] = key.includes('.exact:') ? (['exact:', 'rows:'] as const) : (['rows:', 'exact:'] as const);
      const request: AccessRequest = { action: `dynamodb:${operation}`, resource: arn, context: { 'dynamodb:LeadingKeys': [key] } };
      expect(await isAllowed(template, roles[own], request, deployment()), key).toBe(true);
      expect(await isAllowed(template, roles[other], request, deployment()), key).toBe(false);
      expect(await isAllowed(template, roles[own], { ...request, context: { 'dynamodb:LeadingKeys': [`other.${key}`] } }, deployment())).toBe(false);
      expect(await isAllowed(template, roles[own], { action: request.action, resource: arn }, deployment()), 'no key').toBe(false);
      expect(await isAllowed(template, roles[own], { ...request, resource: `${arn}-other` }, deployment())).toBe(false);
    }
    for (const action of ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:BatchGetItem']) {
      for (const role of Object.values(roles)) expect(await isAllowed(template, role, { action, resource: arn }, deployment()), action).toBe(false);
    }
  });

  test('would be found out if the rights on the table lost their condition: the test above can fail', async () => {
    const changed = JSON.parse(JSON.stringify(template), (key, value: unknown) => (key === 'Condition' && JSON.stringify(value).includes('LeadingKeys') ? undefined : value)) as Template;
    const context = { 'dynamodb:LeadingKeys': ['somebody.rows:1'] };
    expect(await isAllowed(changed, find('AWS::IAM::Role', 'ActionsGenerateQueryRole')[0], { action: 'dynamodb:GetItem', resource: tableArn(find('AWS::DynamoDB::Table')[0]), context }, deployment())).toBe(true);
  });

  test('go without the table when it fails, and never take for rows what is none', async () => {
    dynamodb.failing = true;
    const before = modelCalls;
    expect(await invoke(generate, agentEvent('generate-query', { question }))).toMatchObject({ outcome: 'statement' });
    expect(await invoke(execute, agentEvent('execute-query', { sql: statement, parameters: '{}' }))).toMatchObject({ outcome: 'rows' });
    expect(modelCalls).toBe(before + 1);
    dynamodb.failing = false;
    for (const [name, item] of dynamodb.items) dynamodb.items.set(name, { ...item, value: { S: '{"kind":"rows","rows":"all of them"}' } });
    expect(await invoke(execute, agentEvent('execute-query', { sql: statement, parameters: '{}' }))).toMatchObject({ outcome: 'rows', truncated: true, rowsShown: 5 });
  });

  test('write audit records that the metric filters of the template count', () => {
    const records = output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
    const filters = Object.values(template.Resources).filter((resource) => resource.Type === 'AWS::Logs::MetricFilter');
    const counted = (name: string): number => {
      const filter = filters.find((each) => property<readonly { readonly MetricName: string }[]>(each, 'MetricTransformations')[0]?.MetricName === name);
      if (filter === undefined) throw new Error(`There is no filter ${name}.`);
      const pattern = /^\{ (\S+) (?:(=|>=) "?([^"]+?)"?|EXISTS|= \*) \}$/.exec(property<string>(filter, 'FilterPattern'));
      if (pattern === null) throw new Error(`The pattern of ${name} is not understood: ${property<string>(filter, 'FilterPattern')}`);
      const [, path = '', operator, expected] = pattern;
      return records.filter((record) => {
        const value = valueAt(record, path);
        if (operator === '=' && expected !== '*') return value === expected;
        return operator === '>=' ? typeof value === 'number' && value >= Number(expected) : value !== undefined && value !== null;
      }).length;
    };
    expect({ questions: counted('Questions'), statements: counted('Statements'), refusals: counted('Refusals'), failures: counted('Failures') }).toEqual({ questions: 4, statements: 6, refusals: 2, failures: 0 });
    expect(counted('InputTokens')).toBeGreaterThan(0);
    expect(counted('GenerateLatency')).toBe(4);
    expect(counted('Rows')).toBe(5);
    expect(counted('CacheHits')).toBe(2);
    // 100 tokens in and 20 out, at 3 and 15 for a million; a question that was refused or answered from the cache cost nothing.
    expect(records.flatMap((record) => valueAt(record, '$.audit.model.cost') ?? [])).toEqual([0.0006, 0, 0, 0.0006]);
    expect(counted('Cost')).toBe(4);
  });

  test('with an environment that lacks what the template gives, do not run: the test above can fail', async () => {
    const [, resource] = find('AWS::Lambda::Function', 'ActionsExecuteQuery');
    const { ASK_AURORA_RESOURCE_ARN: _left, ...environment } = environmentOf(resource);
    const lambda = await startLocalLambda({ code: app.assetPath(property<{ readonly S3Key: string }>(resource, 'Code').S3Key.replace(/\.zip$/, '')), environment });
    expect(await lambda.invoke(agentEvent('execute-query', { sql: 'SELECT 1' }))).toMatchObject({ ok: false });
    await lambda.stop();
  });
});

function valueAt(record: unknown, path: string): unknown {
  return path.replace('$.', '').split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined), record);
}
