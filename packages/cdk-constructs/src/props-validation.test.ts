import { App, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { AuroraPostgresEngineVersion, ClusterInstance, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, test } from 'vitest';
import { ArtifactSource, AuditTrail, BedrockModel, CdkConstructsError, QueryActions, ReadOnlyAurora, ReadOnlyRole, ScheduledIntrospection, SchemaKnowledgeBase, SqlAgent, SqlGateway, SqlGuardrail } from './index.js';
import type { AuroraDatabase } from './index.js';

const stack = (): Stack => new Stack(new App({ analyticsReporting: false }), 'Stack');
const database = (scope: Stack, dialect: 'postgresql' | 'mysql' = 'postgresql'): AuroraDatabase => ReadOnlyAurora.fromCluster(scope, 'Aurora', {
  cluster: DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }),
  adminSecret: Secret.fromSecretCompleteArn(scope, 'Admin', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf'),
  databaseName: 'orders',
  engine: dialect === 'mysql' ? { dialect } : { dialect, majorVersion: 17 },
});
const role = (scope: Stack, options: object = {}): ReadOnlyRole => new ReadOnlyRole(scope, 'Role', { database: database(scope), schemas: ['sales'], ...options });
const model = BedrockModel.foundationModel('amazon.nova-lite-v1:0');
const schema = ArtifactSource.inline({});
const actions = (scope: Stack, options: object = {}): QueryActions => new QueryActions(scope, 'Actions', { access: role(scope), model, schema, ...options });
const existingVpc = (scope: Stack): IVpc => Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['a'] }) as IVpc;

const refused: readonly (readonly [string, (scope: Stack) => unknown, RegExp])[] = [
  ['a capacity that is no half unit', (scope) => new ReadOnlyAurora(scope, 'A', { capacity: { min: 0.7 } }), /capacity\.min must be .* steps of a half/],
  ['a least capacity above the most', (scope) => new ReadOnlyAurora(scope, 'A', { capacity: { min: 8, max: 2 } }), /must not exceed/],
  ['a pause of a cluster that never sleeps', (scope) => new ReadOnlyAurora(scope, 'A', { capacity: { min: 1, pauseAfter: Duration.minutes(5) } }), /no effect unless capacity\.min is 0/],
  ['a pause after a minute', (scope) => new ReadOnlyAurora(scope, 'A', { capacity: { min: 0, pauseAfter: Duration.minutes(1) } }), /300 to 86400 seconds/],
  ['flow logs of a given VPC', (scope) => new ReadOnlyAurora(scope, 'A', { placement: { vpc: existingVpc(scope), flowLogs: false } }), /belongs to a new VPC/],
  ['deletion protection against DESTROY', (scope) => new ReadOnlyAurora(scope, 'A', { protection: { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: true } }), /could never be deleted/],
  ['a database name with a dash', (scope) => new ReadOnlyAurora(scope, 'A', { databaseName: 'my-db' }), /letters, digits and underscores/],
  ['monitoring at an interval that RDS has none of', (scope) => new ReadOnlyAurora(scope, 'A', { operation: { monitoring: Duration.seconds(7) } }), /1, 5, 10, 15, 30 or 60 seconds/],
  ['the network of a rotation that is turned off', (scope) => new ReadOnlyAurora(scope, 'A', { protection: { rotateAdminSecret: false }, operation: { network: { vpc: existingVpc(scope) } } }), /rotateAdminSecret is false/],
  ['no schemas', (scope) => role(scope, { schemas: [] }), /1 to 100 elements/],
  ['a system schema', (scope) => role(scope, { schemas: ['pg_catalog'] }), /system schema pg_catalog/],
  ['a schema with a dot', (scope) => role(scope, { schemas: ['a.b'] }), /a name without a dot/],
  ['a role name of PostgreSQL', (scope) => role(scope, { roleName: 'pg_reader' }), /keeps for itself/],
  ['a role name that needs quoting', (scope) => role(scope, { roleName: 'Reader"; DROP' }), /lower-case letters/],
  ['an excluded table elsewhere', (scope) => role(scope, { grants: { exclude: ['hr.salaries'] } }), /lies in none of the schemas/],
  ['future tables with tenants', (scope) => role(scope, { grants: { futureTables: true }, tenancy: { policies: [{ relation: 'sales.orders', column: 't' }] } }), /no tenant policy covers/],
  ['a tenant setting of the server', (scope) => role(scope, { tenancy: { setting: 'role', policies: [{ relation: 'sales.orders', column: 't' }] } }), /prefix\.name/],
  ['tenants on MySQL', (scope) => new ReadOnlyRole(scope, 'R', { database: database(scope, 'mysql'), schemas: ['shop'], tenancy: { policies: [{ relation: 'shop.orders', column: 't' }] } }), /row-level security/],
  ['a statement of a minute', (scope) => role(scope, { statementTimeout: Duration.minutes(1) }), /1 to 45 seconds/],
  ['rows without end', (scope) => actions(scope, { limits: { maxRows: 1_000_000 } }), /limits\.maxRows/],
  ['a tenant without a tenant setting', (scope) => actions(scope, { tenant: { attribute: 'tenantId' } }), /has no effect/],
  ['actions on MySQL', (scope) => actions(scope, { access: new ReadOnlyRole(scope, 'R', { database: database(new Stack(scope.node.root as App, 'Mysql'), 'mysql'), schemas: ['shop'] }) }), /speak PostgreSQL/],
  ['a large inline document', () => ArtifactSource.inline({ text: 'x'.repeat(3000) }), /over 2,500/],
  ['a profile of an unknown geography', () => BedrockModel.inferenceProfile('mars.anthropic.claude'), /regions .* are not known/],
  ['an ARN as a model id', () => BedrockModel.foundationModel('arn:aws:bedrock:us-east-1::foundation-model/x y'), /is not a model/],
  ['a short instruction', (scope) => new SqlAgent(scope, 'Agent', { actions: actions(scope), model, instruction: 'Answer.' }), /40 to 4000 characters/],
  ['a long session', (scope) => new SqlAgent(scope, 'Agent', { actions: actions(scope), model, session: { idleTimeout: Duration.hours(3) } }), /60 to 5400 seconds/],
  ['six examples of a topic', (scope) => new SqlGuardrail(scope, 'G', { deniedTopics: [{ name: 'a', definition: 'b', examples: ['1', '2', '3', '4', '5', '6'] }] }), /0 to 5 elements/],
  ['a long definition', (scope) => new SqlGuardrail(scope, 'G', { deniedTopics: [{ name: 'a', definition: 'x'.repeat(201) }] }), /1 to 200 characters/],
  ['a guardrail that guards nothing', (scope) => new SqlGuardrail(scope, 'G', { deniedTopics: [], promptAttack: 'NONE' }), /at least one filter/],
  ['tokens of everybody', (scope) => new SqlGateway(scope, 'Gateway', { actions: actions(scope), authorization: { discoveryUrl: 'https://a.example/.well-known/openid-configuration' } }), /every token of the issuer/],
  ['a harness behind tokens', (scope) => new SqlGateway(scope, 'Gateway', { actions: actions(scope), harness: { model }, authorization: { discoveryUrl: 'https://a.example/.well-known/openid-configuration', allowedClients: ['a'] } }), /leave authorization at iam/],
  ['introspection every second', (scope) => new ScheduledIntrospection(scope, 'I', { access: role(scope), schemas: ['sales'], every: Duration.seconds(1) }), /60 to/],
  ['the fate of a given bucket', (scope) => new ScheduledIntrospection(scope, 'I', { access: role(scope), schemas: ['sales'], storage: { bucket: Bucket.fromBucketName(scope, 'Bucket', 'company-bucket') as IBucket, removalPolicy: RemovalPolicy.DESTROY } }), /storage\.removalPolicy belongs to a new bucket/],
  ['how long a given log archive keeps records', (scope) => new AuditTrail(scope, 'T', { actions: actions(scope), dataEvents: { bucket: Bucket.fromBucketName(scope, 'Bucket', 'company-bucket') as IBucket, retention: Duration.days(1) } }), /belong to a new bucket/],
  ['an alarm on no throttled call', (scope) => new AuditTrail(scope, 'T', { actions: actions(scope), alarms: { throttles: 0 } }), /alarms\.throttles/],
  ['a knowledge base without documents', (scope) => new SchemaKnowledgeBase(scope, 'K', { introspection: new ScheduledIntrospection(scope, 'I', { access: role(scope), schemas: ['sales'] }) }), /documentPrefix/],
];

describe('props are checked at synthesis:', () => {
  test.each(refused)('%s', (_name, build, message) => {
    let thrown: unknown;
    try {
      build(stack());
    } catch (error) {
      thrown = error;
    }
    expect(CdkConstructsError.isInstance(thrown) && thrown.code).toBe('invalid-props');
    expect(String(thrown)).toMatch(message);
  });

  test('every problem is reported, with the path of the construct', () => {
    expect(() => role(stack(), { roleName: 'X', schemas: [], statementTimeout: Duration.hours(1) })).toThrow(/^Stack\/Role: roleName .*; schemas .*; statementTimeout .*\.$/);
  });

  test('tokens pass, as their values are not known yet', () => {
    const scope = stack();
    const text = (id: string): string => new CfnParameter(scope, id).valueAsString;
    const number = new CfnParameter(scope, 'Number', { type: 'Number' }).valueAsNumber;
    const imported = Fn.importValue('Name');
    new ReadOnlyAurora(scope, 'A', { databaseName: text('Database'), capacity: { max: number } });
    new ReadOnlyAurora(scope, 'Sleeping', { capacity: { min: number, max: number, pauseAfter: Duration.seconds(number) }, operation: { monitoring: Duration.seconds(number) } });
    const access = role(scope, { schemas: [imported], grants: { exclude: [text('Table')] } });
    new QueryActions(scope, 'Actions', { access, schema, model: BedrockModel.foundationModel(text('Model')), limits: { maxRows: number, statementTimeout: Duration.millis(number) } });
    new SqlGuardrail(scope, 'G', { deniedTopics: [{ name: text('Topic'), definition: imported }], messages: { blockedInput: imported } });
    expect(access.roleName).toBe('ask_read_only');
  });
});

test('a cluster of the same app without its Data API is refused, as nothing could reach it', () => {
  const scope = stack();
  const cluster = new DatabaseCluster(scope, 'Cluster', { engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.of('17.9', '17') }), writer: ClusterInstance.serverlessV2('writer'), vpc: new Vpc(scope, 'Vpc') as IVpc });
  const props = { cluster, adminSecret: Secret.fromSecretCompleteArn(scope, 'Admin', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf'), databaseName: 'orders', engine: { dialect: 'postgresql', majorVersion: 17 } } as const;
  expect(() => ReadOnlyAurora.fromCluster(scope, 'Aurora', props)).toThrow(/set enableDataApi to true/);
  expect(() => ReadOnlyAurora.fromCluster(scope, 'Other', { ...props, engine: { dialect: 'mysql' } })).toThrow(/engine is mysql/);
});
