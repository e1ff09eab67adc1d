import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { expect, test } from 'vitest';
import { ArtifactSource, BedrockModel, QueryActions, ReadOnlyAurora, existingQueryAccess } from '../index.js';
import type { QueryCacheOptions } from '../index.js';

function build(cache: (stack: Stack) => QueryCacheOptions | undefined, limits: { readonly cacheTtl?: Duration } = {}): { readonly actions: QueryActions; readonly template: Template } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const secret = Secret.fromSecretCompleteArn(stack, 'Secret', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }), adminSecret: secret, databaseName: 'orders', engine: { dialect: 'postgresql', majorVersion: 17 },
  });
  const options = cache(stack);
  const actions = new QueryActions(stack, 'Actions', {
    access: existingQueryAccess({ database, secret }), model: BedrockModel.foundationModel('amazon.nova-lite-v1:0'), schema: ArtifactSource.inline({}), limits, ...(options === undefined ? {} : { cache: options }),
  });
  return { actions, template: Template.fromStack(stack) };
}

const variables = (template: Template, name: string): Readonly<Record<string, unknown>> =>
  (Object.values(template.findResources('AWS::Lambda::Function')).find((each) => (each['Properties'] as { Description: string }).Description.includes(name)) as { Properties: { Environment: { Variables: Record<string, unknown> } } }).Properties.Environment.Variables;
const statements = (template: Template): readonly { readonly Action: unknown }[] => Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => (policy['Properties'] as { PolicyDocument: { Statement: { Action: unknown }[] } }).PolicyDocument.Statement);
const onItems = (template: Template): number => statements(template).filter((statement) => JSON.stringify(statement.Action).includes('dynamodb:')).length;

test('without a cache there is no table, no right to any, and no word of one', () => {
  const { actions, template } = build(() => undefined);
  expect(actions.cache).toBeUndefined();
  template.resourceCountIs('AWS::DynamoDB::Table', 0);
  expect(onItems(template)).toBe(0);
  expect(JSON.stringify(template.toJSON())).not.toContain('CACHE_TABLE');
});

test('questions alone, by default: rows are data, and are kept only when asked', () => {
  const { template } = build(() => ({}));
  expect(variables(template, 'Writes')).toMatchObject({ ASK_AURORA_CACHE_TTL_MS: '86400000', ASK_AURORA_CACHE_TABLE: { Ref: expect.any(String) as string } });
  expect(variables(template, 'Runs')).toMatchObject({ ASK_AURORA_CACHE_TTL_MS: '0' });
  expect(variables(template, 'Runs')).not.toHaveProperty('ASK_AURORA_CACHE_TABLE');
  expect(onItems(template)).toBe(1);
});

test('a table of its own is on demand, forgets by itself, is encrypted and goes with the stack', () => {
  const { template } = build((stack) => ({ questions: false, results: Duration.minutes(1), encryptionKey: new Key(stack, 'Key') }));
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Delete',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'cache_key', KeyType: 'HASH' }], TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    },
  });
  expect(statements(template)).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'] }));
  build(() => ({ pointInTimeRecovery: true, removalPolicy: RemovalPolicy.RETAIN })).template.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain', Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } } });
});

test('a given table is used as it is, of either kind', () => {
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  for (const table of [(stack: Stack) => new Table(stack, 'Shared', { partitionKey }), (stack: Stack) => new TableV2(stack, 'Shared', { partitionKey })]) {
    const { template } = build((stack) => ({ table: table(stack), partitionKey: 'id', results: Duration.hours(1) }));
    expect(Object.keys(template.findResources('AWS::DynamoDB::Table')).concat(Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')))).toHaveLength(1);
    for (const name of ['Writes', 'Runs']) expect(variables(template, name)).toMatchObject({ ASK_AURORA_CACHE_KEY_ATTRIBUTE: 'id' });
    expect(onItems(template)).toBe(2);
  }
});

test.each<[string, (stack: Stack) => QueryCacheOptions, RegExp]>([
  ['nothing kept', () => ({ questions: false }), /neither questions nor results/],
  ['a key for a given table', (stack) => ({ table: Table.fromTableName(stack, 'T', 'shared'), encryptionKey: new Key(stack, 'Key') }), /belong to a table of its own/],
  ['rows for a month', () => ({ results: Duration.days(30) }), /cache\.results must be 1 to 86400 seconds/],
  ['questions for ever', () => ({ questions: Duration.days(365) }), /cache\.questions must be/],
])('%s is refused', (_name, cache, message) => {
  expect(() => build(cache)).toThrow(message);
});

test('rows kept in two places are refused', () => {
  expect(() => build(() => ({ results: Duration.minutes(1) }), { cacheTtl: Duration.minutes(1) })).toThrow(/give one/);
});
