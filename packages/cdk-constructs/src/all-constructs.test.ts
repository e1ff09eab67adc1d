import { AwsSolutionsChecks } from 'cdk-nag';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildAllConstructs } from './testing/all-constructs.js';
import { outsideOfVpc, withoutOwnKey } from './testing/checks/company-rules-check.js';
import { controlTowerFindings, controlTowerRuns } from './testing/checks/control-tower-check.js';
import { judgeControlTower } from './testing/checks/control-tower-exceptions.js';
import { policyStatements, unknownActions } from './testing/checks/iam-actions-check.js';
import { serviceSpecProblems } from './testing/checks/service-spec-check.js';
import { isAllowed } from './testing/checks/simulate-access.js';
import type { AccessRequest } from './testing/checks/simulate-access.js';
import { buildHardenedConstructs } from './testing/hardened-constructs.js';
import type { Deployment } from './testing/resolve-intrinsics.js';
import { synthesize } from './testing/synthesize.js';
import type { Synthesized, Template } from './testing/synthesize.js';
import { ReadOnlyAurora } from './aurora/read-only-aurora.js';

/** One synthesis for the whole file: it is what costs time. */
let all: Synthesized;

beforeAll(() => {
  all = synthesize((app) => {
    buildAllConstructs(app);
    buildHardenedConstructs(app);
  }, { plugins: (app) => [new AwsSolutionsChecks(app)] });
}, 240_000);

const template = (stack: string): Template => {
  const found = all.templates[stack];
  if (found === undefined) throw new Error(`There is no stack ${stack}.`);
  return found;
};
const copy = (stack: string): { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } => structuredClone(template(stack)) as never;
const firstOf = (changed: ReturnType<typeof copy>, type: string): { Type: string; Properties: Record<string, unknown> } => {
  const found = Object.values(changed.Resources).find((resource) => resource.Type === type);
  if (found === undefined) throw new Error(`There is no ${type}.`);
  return found;
};

describe('the templates of all constructs', () => {
  test('raise no finding: neither errors nor warnings, of CloudFormation Validate, AwsSolutions or the CDK', () => {
    expect(all.findings).toEqual([]);
  });

  test.each(['Database', 'Agents', 'Existing', 'Mysql', 'Hardened'])('of %s keep to the CloudFormation specification', (stack) => {
    expect(serviceSpecProblems(template(stack))).toEqual([]);
  });

  test.each(['Database', 'Agents', 'Existing', 'Mysql', 'Hardened'])('of %s name only actions that exist', async (stack) => {
    expect(await unknownActions(template(stack))).toEqual([]);
  });

  test('allow no action by wildcard, but for what AWS itself asks of keys and of the provider framework', () => {
    const wild = Object.keys(all.templates).flatMap((stack) => policyStatements(template(stack)).filter((statement) => statement.effect === 'Allow'))
      .flatMap(({ path, actions }) => actions.filter((action) => action.includes('*')).map((action) => `${path.split('.')[0] ?? ''} ${action}`));
    expect([...new Set(wild.map((each) => each.split(' ')[1]))].sort()).toEqual(['kms:*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
  });

  test('hold no password, and refer to one only where the cluster takes it', () => {
    const referring = Object.values(all.templates).flatMap((each) => Object.values(each.Resources)).filter((resource) => JSON.stringify(resource.Properties ?? {}).includes('{{resolve:secretsmanager'));
    expect(referring.map((resource) => resource.Type)).toEqual(Array.from({ length: 5 }, () => 'AWS::RDS::DBCluster'));
    expect(JSON.stringify(all.templates)).not.toMatch(/"(MasterUser)?Password":"[^{]/);
  });

  test('let each Lambda permission name the one agent that may call', () => {
    const permissions = Object.values(template('Agents').Resources).filter((resource) => resource.Type === 'AWS::Lambda::Permission' && resource.Properties?.['Principal'] === 'bedrock.amazonaws.com');
    expect(permissions).toHaveLength(6);
    for (const { Properties } of permissions) {
      expect(Properties).toMatchObject({ SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/Agent/), 'AgentArn'] } });
    }
  });

  test('let Secrets Manager call a rotation for this account alone', () => {
    const permissions = Object.values(all.templates).flatMap((each) => Object.values(each.Resources)).filter((resource) => resource.Type === 'AWS::Lambda::Permission' && String(resource.Properties?.['Principal']).startsWith('secretsmanager'));
    expect(permissions.length).toBeGreaterThan(4);
    for (const { Properties } of permissions) expect(Properties).toMatchObject({ SourceAccount: { Ref: 'AWS::AccountId' } });
  });

  test('make agents and knowledge bases only after their roles have their policies', () => {
    for (const [id, resource] of Object.entries(template('Agents').Resources)) {
      if (!['AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase', 'AWS::BedrockAgentCore::GatewayTarget', 'AWS::BedrockAgentCore::Harness'].includes(resource.Type)) continue;
      expect([resource.DependsOn].flat().some((each) => String(each).includes('RoleDefaultPolicy')), id).toBe(true);
    }
  });

  test('protect data by default', () => {
    const clusters = ['Database', 'Existing', 'Mysql', 'Hardened'].flatMap((stack) => Object.values(template(stack).Resources)).filter((resource) => resource.Type === 'AWS::RDS::DBCluster');
    expect(clusters).toHaveLength(5);
    for (const cluster of clusters) {
      expect(cluster).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot', Properties: { DeletionProtection: true, StorageEncrypted: true, EnableHttpEndpoint: true, EnableIAMDatabaseAuthentication: true, CopyTagsToSnapshot: true } });
    }
  });

  test('let no connection be without TLS, and watch every instance', () => {
    const groups = Object.values(all.templates).flatMap((each) => Object.values(each.Resources)).filter((resource) => resource.Type === 'AWS::RDS::DBClusterParameterGroup');
    expect(groups.map((group) => (group.Properties?.['Parameters'] as Record<string, string>)[String(group.Properties?.['Family']).startsWith('aurora-mysql') ? 'require_secure_transport' : 'rds.force_ssl'])).toEqual(groups.map((group) => (String(group.Properties?.['Family']).startsWith('aurora-mysql') ? 'ON' : '1')));
    expect(groups).toHaveLength(5);
    const instances = Object.values(all.templates).flatMap((each) => Object.values(each.Resources)).filter((resource) => resource.Type === 'AWS::RDS::DBInstance');
    expect(instances).toHaveLength(5);
    for (const { Properties } of instances) expect(Properties).toMatchObject({ MonitoringInterval: 60, PubliclyAccessible: false, EnablePerformanceInsights: true });
  });

  test('keep everything under one key of the same stack, and every function in given subnets, where a company asks for that', () => {
    expect(withoutOwnKey(template('Hardened'))).toEqual([]);
    expect(outsideOfVpc(template('Hardened'))).toEqual([]);
    expect(outsideOfVpc(template('Database')).length).toBeGreaterThan(0);
  });

  /** The second of everything says nothing new, and costs as much again. */
  test.skipIf(!controlTowerRuns)('keep to the rules of Control Tower (skipped where CloudFormation Guard has no program), but for what is excepted with a reason', () => {
    const hardened = template('Hardened');
    const first = { ...hardened, Resources: Object.fromEntries(Object.entries(hardened.Resources).filter(([id]) => !id.startsWith('Second'))) };
    expect(judgeControlTower(controlTowerFindings({ Database: template('Database'), Agents: template('Agents'), Mysql: template('Mysql'), Hardened: first }))).toEqual({ unaccepted: [], stale: [] });
  }, 240_000);

  test('retain old guardrail versions when a filter changes', () => {
    const version = Object.values(template('Agents').Resources).find((resource) => resource.Type === 'AWS::Bedrock::GuardrailVersion');
    expect(version).toMatchObject({ UpdateReplacePolicy: 'Retain' });
  });
});

describe('each check can fail:', () => {
  test('an unknown property, a missing one, a bad enumeration value, a wrong attribute and a dangling reference are found', () => {
    const changed = copy('Agents');
    firstOf(changed, 'AWS::Bedrock::Agent').Properties['Colour'] = 'red';
    delete firstOf(changed, 'AWS::Bedrock::AgentAlias').Properties['AgentId'];
    firstOf(changed, 'AWS::BedrockAgentCore::Harness').Properties['Tools'] = [{ Type: 'agentcore_shell' }];
    firstOf(changed, 'AWS::Bedrock::GuardrailVersion').Properties['GuardrailIdentifier'] = { 'Fn::GetAtt': [Object.keys(changed.Resources).find((id) => changed.Resources[id]?.Type === 'AWS::Bedrock::Guardrail'), 'Colour'] };
    firstOf(changed, 'AWS::Lambda::Function').Properties['Role'] = { Ref: 'Nobody' };
    expect(serviceSpecProblems(changed as unknown as Template).map((problem) => problem.replace(/^\S+ /, ''))).toEqual(expect.arrayContaining([
      expect.stringContaining('unknown property Colour'), expect.stringContaining('missing property AgentId'), expect.stringContaining('"agentcore_shell" is none of'),
      expect.stringContaining('has no attribute Colour'), expect.stringContaining('to Nobody, which does not exist'),
    ]));
  });

  test.skipIf(!controlTowerRuns)('a cluster without exported logs, and a parameter group that allows connections without TLS, are found by the rules of Control Tower', () => {
    const changed = copy('Database');
    delete firstOf(changed, 'AWS::RDS::DBCluster').Properties['EnableCloudwatchLogsExports'];
    firstOf(changed, 'AWS::RDS::DBClusterParameterGroup').Properties['Parameters'] = { 'rds.force_ssl': '0' };
    const Resources = Object.fromEntries(Object.entries(changed.Resources).filter(([, resource]) => resource.Type.startsWith('AWS::RDS::DBCluster')));
    const { unaccepted, stale } = judgeControlTower(controlTowerFindings({ Database: { Resources } as unknown as Template }));
    expect([...new Set(unaccepted.map((finding) => finding.rule))].sort()).toEqual(['rds_cluster_logging_enabled_check', 'rds_db_cluster_parameter_group_tls_check']);
    expect(stale).toContain('sqs_dlq_check');
  }, 120_000);

  test('a log group without the key and a function without the subnets are found', () => {
    const changed = copy('Hardened');
    delete firstOf(changed, 'AWS::Logs::LogGroup').Properties['KmsKeyId'];
    delete firstOf(changed, 'AWS::Lambda::Function').Properties['VpcConfig'];
    expect([withoutOwnKey(changed as unknown as Template).length, outsideOfVpc(changed as unknown as Template).length]).toEqual([1, 1]);
  });

  test('a misspelt action is found', async () => {
    const changed = copy('Agents');
    const policy = firstOf(changed, 'AWS::IAM::Policy').Properties['PolicyDocument'] as { Statement: { Action: unknown }[] };
    policy.Statement[0]!.Action = ['bedrock:InvokeModell', 'bedrok:InvokeModel'];
    expect(await unknownActions(changed as unknown as Template)).toHaveLength(2);
  });

  test('a runtime that does not exist, which CloudFormation Validate only warns of, is found', () => {
    const { findings } = synthesize((app) => {
      const stack = new Stack(app, 'Wrong');
      new CfnFunction(stack, 'Function', { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/x', handler: 'index.handler', runtime: 'nodejs23.x' });
    });
    expect(findings).not.toEqual([]);
    expect(findings.every((finding) => finding.plugin.includes('CloudFormation'))).toBe(true);
  });

  test('a wildcard, an unencrypted cluster and a lost acknowledgement are found by AwsSolutions', () => {
    const { findings } = synthesize((app) => {
      const stack = new Stack(app, 'Wrong');
      const aurora = new ReadOnlyAurora(stack, 'Aurora');
      (aurora.cluster.node.defaultChild as CfnDBCluster).storageEncrypted = false;
      new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: ['rds-data:*'], resources: ['*'] }));
    }, { plugins: (app) => [new AwsSolutionsChecks(app)] });
    const rules = findings.map((finding) => finding.rule);
    expect(rules).toEqual(expect.arrayContaining(['AwsSolutions-RDS2', 'AwsSolutions-IAM5[Action::rds-data:*]', 'AwsSolutions-IAM5[Resource::*]']));
  });

  test('an acknowledgement covers one wildcard and not the next', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Narrow');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::arn:aws:s3:::a/*]', reason: 'test' });
    expect(role.node.metadata.filter((entry) => JSON.stringify(entry).includes('arn:aws:s3:::a/*'))).not.toEqual([]);
  });
});

const account = '111122223333';
const region = 'us-east-1';
const deployment: Deployment = {
  account, region,
  ref: (id) => (template('Database').Resources[id] ?? template('Agents').Resources[id])?.Type === 'AWS::SecretsManager::Secret' || /Secret/.test(id) ? `arn:aws:secretsmanager:${region}:${account}:secret:${id}-AbCdEf` : id.toLowerCase(),
  attribute: (id, name) => (/arn/i.test(name) ? arnOf(id, name) : `${id}.${name}`.toLowerCase()),
  imported: (name) => importedArn(name),
};

function arnOf(id: string, name: string): string {
  const type = template('Agents').Resources[id]?.Type ?? template('Database').Resources[id]?.Type ?? '';
  if (type === 'AWS::Lambda::Function') return `arn:aws:lambda:${region}:${account}:function:${id}`;
  if (type === 'AWS::Bedrock::Agent') return `arn:aws:bedrock:${region}:${account}:agent/${id}`;
  if (type === 'AWS::Bedrock::Guardrail') return `arn:aws:bedrock:${region}:${account}:guardrail/${id}`;
  if (type === 'AWS::DynamoDB::Table') return `arn:aws:dynamodb:${region}:${account}:table/${id}`;
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${id.toLowerCase()}`;
  return `arn:aws:unknown:${region}:${account}:${id}/${name}`;
}

/** References to the database's stack: by the name of what they are exported as. */
function importedArn(name: string): string {
  if (/AdminSecret|ClusterSecret/.test(name)) return adminSecret;
  if (/Secret/.test(name)) return readerSecret;
  return clusterId;
}

const clusterId = 'shop-cluster';
const cluster = `arn:aws:rds:${region}:${account}:cluster:${clusterId}`;
const adminSecret = `arn:aws:secretsmanager:${region}:${account}:secret:admin-AbCdEf`;
const readerSecret = `arn:aws:secretsmanager:${region}:${account}:secret:reader-AbCdEf`;
const model = (where: string): string => `arn:aws:bedrock:${where}::foundation-model/anthropic.claude-sonnet-4-6`;
const profile = `arn:aws:bedrock:${region}:${account}:inference-profile/us.anthropic.claude-sonnet-4-6`;
const throughProfile = { 'bedrock:InferenceProfileArn': profile };

const roleId = (stack: string, prefix: string): string => {
  const ids = Object.entries(template(stack).Resources).filter(([id, resource]) => resource.Type === 'AWS::IAM::Role' && id.startsWith(prefix)).map(([id]) => id);
  if (ids.length !== 1 || ids[0] === undefined) throw new Error(`${ids.length} roles begin with ${prefix}: ${ids.join(', ')}`);
  return ids[0];
};

const matrix: readonly (readonly [verdict: 'may' | 'may not', role: string, action: string, resource: string, context?: AccessRequest['context']])[] = [
  ['may', 'ActionsExecuteQueryRole', 'rds-data:ExecuteStatement', cluster],
  ['may', 'ActionsExecuteQueryRole', 'rds-data:BeginTransaction', cluster],
  ['may', 'ActionsExecuteQueryRole', 'rds-data:RollbackTransaction', cluster],
  ['may', 'ActionsExecuteQueryRole', 'secretsmanager:GetSecretValue', readerSecret],
  ['may not', 'ActionsExecuteQueryRole', 'rds-data:CommitTransaction', cluster],
  ['may not', 'ActionsExecuteQueryRole', 'rds-data:BatchExecuteStatement', cluster],
  ['may not', 'ActionsExecuteQueryRole', 'rds-data:ExecuteStatement', `${cluster}-other`],
  ['may not', 'ActionsExecuteQueryRole', 'secretsmanager:GetSecretValue', adminSecret],
  ['may not', 'ActionsExecuteQueryRole', 'secretsmanager:PutSecretValue', readerSecret],
  ['may not', 'ActionsExecuteQueryRole', 'bedrock:InvokeModel', model('us-east-1'), throughProfile],
  ['may not', 'ActionsExecuteQueryRole', 'lambda:InvokeFunction', `arn:aws:lambda:${region}:${account}:function:other`],
  ['may', 'ActionsGenerateQueryRole', 'bedrock:InvokeModel', profile],
  ['may', 'ActionsGenerateQueryRole', 'bedrock:InvokeModel', model('us-west-2'), throughProfile],
  ['may not', 'ActionsGenerateQueryRole', 'bedrock:InvokeModel', model('us-west-2')],
  ['may not', 'ActionsGenerateQueryRole', 'bedrock:InvokeModel', model('eu-west-1'), throughProfile],
  ['may not', 'ActionsGenerateQueryRole', 'bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/other', throughProfile],
  ['may not', 'ActionsGenerateQueryRole', 'rds-data:ExecuteStatement', cluster],
  ['may not', 'ActionsGenerateQueryRole', 'secretsmanager:GetSecretValue', readerSecret],
  ['may not', 'ActionsGenerateQueryRole', 'secretsmanager:GetSecretValue', adminSecret],
  ['may not', 'ActionsGenerateQueryRole', 'dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/other', { 'dynamodb:LeadingKeys': ['exact:a'] }],
  ['may not', 'ActionsExecuteQueryRole', 'dynamodb:Scan', '*'],
  ['may not', 'SecondActionsExecuteQueryRole', 'dynamodb:GetItem', '*'],
  ['may not', 'AgentRole', 'dynamodb:GetItem', '*'],
  ['may', 'AgentRole', 'bedrock:InvokeModelWithResponseStream', model('us-east-2'), throughProfile],
  ['may', 'AgentRole', 'bedrock:GetInferenceProfile', profile],
  ['may', 'AgentRole', 'bedrock:ApplyGuardrail', `arn:aws:bedrock:us-west-2:${account}:guardrail-profile/us.guardrail.v1:0`],
  ['may not', 'AgentRole', 'bedrock:ApplyGuardrail', `arn:aws:bedrock:eu-west-1:${account}:guardrail-profile/us.guardrail.v1:0`],
  ['may not', 'AgentRole', 'bedrock:InvokeModel', model('us-east-1')],
  ['may not', 'AgentRole', 'rds-data:ExecuteStatement', cluster],
  ['may not', 'AgentRole', 'lambda:InvokeFunction', `arn:aws:lambda:${region}:${account}:function:other`],
  ['may not', 'GatewayRole', 'lambda:InvokeFunction', `arn:aws:lambda:${region}:${account}:function:other`],
  ['may not', 'GatewayRole', 'secretsmanager:GetSecretValue', readerSecret],
  ['may', 'IntrospectionFunctionRole', 'rds-data:ExecuteStatement', cluster],
  ['may not', 'IntrospectionFunctionRole', 'secretsmanager:GetSecretValue', adminSecret],
  ['may not', 'IntrospectionFunctionRole', 'rds-data:CommitTransaction', cluster],
];

describe('by simulation of IAM', () => {
  test.each(matrix.map(([verdict, role, action, resource, context]) => ({ verdict, role, action, resource, context })))('$role $verdict $action on $resource', async ({ verdict, role, action, resource, context }) => {
    expect(await isAllowed(template('Agents'), roleId('Agents', role), { action, resource, ...(context === undefined ? {} : { context }) }, deployment)).toBe(verdict === 'may');
  });

  test('a matrix that grants one thing more is found', async () => {
    const changed = copy('Agents');
    const id = roleId('Agents', 'ActionsGenerateQueryRole');
    const policy = Object.values(changed.Resources).find((resource) => resource.Type === 'AWS::IAM::Policy' && JSON.stringify(resource.Properties['Roles']).includes(id))!;
    (policy.Properties['PolicyDocument'] as { Statement: unknown[] }).Statement.push({ Effect: 'Allow', Action: 'rds-data:ExecuteStatement', Resource: '*' });
    expect(await isAllowed(changed as unknown as Template, id, { action: 'rds-data:ExecuteStatement', resource: cluster }, deployment)).toBe(true);
  });
});
