import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect } from 'vitest';
import { ArtifactSource, AuditTrail, ScheduledIntrospection, SchemaKnowledgeBase, SqlGuardrail } from '../index.js';
import type { AuditTrailProps, ScheduledIntrospectionProps } from '../index.js';
import { eachProp, existingActions, existingRole } from '../testing/each-prop.js';
import type { Found, PropCase } from '../testing/each-prop.js';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const lambda = (found: Found, id: string) => found.only('AWS::Lambda::Function', id).Properties;
const environment = (found: Found, id: string): unknown => (lambda(found, id)?.['Environment'] as { readonly Variables: unknown }).Variables;
const generate = 'ActionsGenerateQuery';
const execute = 'ActionsExecuteQuery';
const bucket = (stack: Stack, name: string): IBucket => Bucket.fromBucketName(stack, name, name) as IBucket;

const actions: readonly PropCase[] = [
  ['by default: ten instances, a minute, a thousand rows, digests of questions, traces', (stack) => existingActions(stack), (found) => {
    for (const id of [generate, execute]) {
      expect(lambda(found, id)).toMatchObject({ ReservedConcurrentExecutions: 10, Timeout: 60, TracingConfig: { Mode: 'Active' }, Architectures: ['arm64'], LoggingConfig: { LogFormat: 'JSON' } });
      expect(environment(found, id)).toMatchObject({ ASK_AURORA_MAX_ROWS: '1000', ASK_AURORA_DEADLINE_MS: '58000', ASK_AURORA_SCHEMA: '{}', ASK_AURORA_POSTGRES_VERSION: '17', POWERTOOLS_METRICS_NAMESPACE: 'AskAurora' });
    }
    expect(environment(found, generate)).toMatchObject({ ASK_AURORA_TIME_ZONE: 'UTC', ASK_AURORA_RECORD_QUESTION: 'digest', ASK_AURORA_MODEL_ID: 'amazon.nova-lite-v1:0' });
    expect(environment(found, execute)).toMatchObject({ ASK_AURORA_STATEMENT_TIMEOUT_MS: '15000', ASK_AURORA_CACHE_TTL_MS: '0' });
    expect(environment(found, execute)).not.toHaveProperty('ASK_AURORA_MAX_PLAN_COST');
  }],
  ['limits reach the functions', (stack) => existingActions(stack, { limits: { maxRows: 50, statementTimeout: Duration.seconds(3), timeout: Duration.seconds(20), maxPlanCost: 9000, cacheTtl: Duration.seconds(30) } }), (found) => {
    expect(lambda(found, generate)).toMatchObject({ Timeout: 20 });
    expect(environment(found, execute)).toMatchObject({ ASK_AURORA_MAX_ROWS: '50', ASK_AURORA_DEADLINE_MS: '18000', ASK_AURORA_STATEMENT_TIMEOUT_MS: '3000', ASK_AURORA_MAX_PLAN_COST: '9000', ASK_AURORA_CACHE_TTL_MS: '30000' });
  }],
  ['memory, concurrency, key and subnets are those given', (stack) => existingActions(stack, {
    functions: {
      memory: { generateQuery: 2048, executeQuery: 256 }, reservedConcurrency: 3, encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn),
      network: { vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'] }) as IVpc, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] },
    },
  }), (found) => {
    expect(lambda(found, generate)).toMatchObject({ MemorySize: 2048, ReservedConcurrentExecutions: 3, KmsKeyArn: keyArn, VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } });
    expect(lambda(found, execute)).toMatchObject({ MemorySize: 256, ReservedConcurrentExecutions: 3, KmsKeyArn: keyArn, VpcConfig: { SubnetIds: ['subnet-1'] } });
  }],
  ['concurrency can be left unreserved, and traces out', (stack) => existingActions(stack, { functions: { reservedConcurrency: 'unreserved' }, observability: { tracing: false, metricsNamespace: 'Shop', logs: { retention: RetentionDays.ONE_DAY } } }), (found) => {
    expect(lambda(found, generate)).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(lambda(found, generate)).not.toHaveProperty('TracingConfig');
    expect(environment(found, execute)).toMatchObject({ POWERTOOLS_METRICS_NAMESPACE: 'Shop' });
    expect(found.only('AWS::Logs::LogGroup', 'ActionsExecuteQueryLogs').Properties).toMatchObject({ RetentionInDays: 1 });
  }],
  ['schema and policy come from a bucket, which both may read and nothing else', (stack) => existingActions(stack, { schema: ArtifactSource.fromBucket(bucket(stack, 'documents'), 'schema.json'), policy: ArtifactSource.fromBucket(bucket(stack, 'rules'), 'policy.json') }), (found) => {
    for (const id of [generate, execute]) expect(environment(found, id)).toMatchObject({ ASK_AURORA_SCHEMA_S3: 's3://documents/schema.json', ASK_AURORA_POLICY_S3: 's3://rules/policy.json' });
    expect(JSON.stringify(found.all('AWS::IAM::Policy')).match(/"s3:[A-Za-z*]+"/g)).toEqual(Array.from({ length: 2 }, () => '"s3:GetObject"'));
  }],
  ['how questions become statements', (stack) => existingActions(stack, { generation: { timeZone: 'Europe/Zurich', recordQuestions: 'text', guardrail: new SqlGuardrail(stack, 'Guardrail') } }), (found) => {
    expect(environment(found, generate)).toMatchObject({ ASK_AURORA_TIME_ZONE: 'Europe/Zurich', ASK_AURORA_RECORD_QUESTION: 'text', ASK_AURORA_GUARDRAIL_ID: { 'Fn::GetAtt': [expect.any(String), 'GuardrailId'] }, ASK_AURORA_GUARDRAIL_VERSION: { 'Fn::GetAtt': [expect.any(String), 'Version'] } });
    expect(environment(found, execute)).not.toHaveProperty('ASK_AURORA_GUARDRAIL_ID');
  }],
  ['the tenant is required of each call, by the name and form given', (stack) => existingActions(stack, { access: existingRole(stack, { tenancy: { policies: [{ relation: 'sales.orders', column: 't' }] } }), tenant: { attribute: 'org', pattern: '[0-9]+', gatewayTenant: '7' } }), (found) => {
    expect(environment(found, execute)).toMatchObject({ ASK_AURORA_TENANT_SETTINGS: '[{"attribute":"org","setting":"app.tenant_id","required":true,"pattern":"[0-9]+"}]', ASK_AURORA_TENANT: '{"org":"7"}' });
  }],
];

describe('QueryActions:', () => { eachProp(actions); });

const introspection = (props: Partial<ScheduledIntrospectionProps> | ((stack: Stack) => Partial<ScheduledIntrospectionProps>) = {}) => (stack: Stack): ScheduledIntrospection =>
  new ScheduledIntrospection(stack, 'Schema', { access: existingRole(stack), schemas: ['sales'], ...(typeof props === 'function' ? props(stack) : props) });

const introspections: readonly PropCase[] = [
  ['runs every six hours and once with the deployment, and what fails for an hour goes to the dead letters', introspection(), (found) => {
    expect(found.only('AWS::Scheduler::Schedule').Properties).toMatchObject({ ScheduleExpression: 'rate(6 hours)', Target: { RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringContaining('DeadLetters'), 'Arn'] } } } });
    expect(found.all('Custom::Trigger')).toHaveLength(1);
    expect(found.only('AWS::S3::Bucket')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { VersioningConfiguration: { Status: 'Enabled' } } });
    expect(lambda(found, 'SchemaFunction')).toMatchObject({ ReservedConcurrentExecutions: 1 });
  }],
  ['schedule, samples, words, keys and bus are those given', introspection((stack) => ({ every: Duration.days(1), sampleValues: ['sales.*'], overlay: ArtifactSource.fromBucket(bucket(stack, 'words'), 'overlay.json'), storage: { bucket: bucket(stack, 'documents'), key: 'shop.json', documentPrefix: 'shop/' }, operation: { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shop'), runOnDeployment: false } })), (found) => {
    expect(found.only('AWS::Scheduler::Schedule').Properties).toMatchObject({ ScheduleExpression: 'rate(1 day)' });
    expect(environment(found, 'SchemaFunction')).toMatchObject({ ASK_AURORA_SAMPLE_VALUES: '["sales.*"]', ASK_AURORA_OVERLAY_S3: 's3://words/overlay.json', ASK_AURORA_ARTIFACT_BUCKET: 'documents', ASK_AURORA_ARTIFACT_KEY: 'shop.json', ASK_AURORA_DOCUMENT_PREFIX: 'shop/', ASK_AURORA_EVENT_BUS: 'shop' });
    for (const type of ['AWS::S3::Bucket', 'Custom::Trigger']) expect(found.all(type), type).toEqual([]);
  }],
  ['a bucket that goes with the stack is emptied first', introspection({ storage: { removalPolicy: RemovalPolicy.DESTROY } }), (found) => {
    expect(found.only('AWS::S3::Bucket')).toMatchObject({ DeletionPolicy: 'Delete' });
    expect(found.all('Custom::S3AutoDeleteObjects')).toHaveLength(1);
  }],
  ['knowledge in S3 Vectors is read again on each change of the schema, and what fails goes to the dead letters', (stack) => new SchemaKnowledgeBase(stack, 'Knowledge', { introspection: introspection({ storage: { documentPrefix: 'd/' } })(stack), embeddingModelId: 'cohere.embed-v4:0', dimensions: 512 }), (found) => {
    expect(found.only('AWS::Bedrock::KnowledgeBase').Properties).toMatchObject({ StorageConfiguration: { Type: 'S3_VECTORS' }, KnowledgeBaseConfiguration: { VectorKnowledgeBaseConfiguration: { EmbeddingModelConfiguration: { BedrockEmbeddingModelConfiguration: { Dimensions: 512 } } } } });
    expect(JSON.stringify(found.only('AWS::Bedrock::KnowledgeBase').Properties)).toContain('foundation-model/cohere.embed-v4:0');
    expect(found.only('AWS::S3Vectors::Index').Properties).toMatchObject({ Dimension: 512, DistanceMetric: 'cosine' });
    expect(found.only('AWS::Bedrock::DataSource').Properties).toMatchObject({ DataSourceConfiguration: { S3Configuration: { InclusionPrefixes: ['d/'] } } });
    expect(found.only('AWS::Events::Rule').Properties).toMatchObject({
      EventPattern: { source: ['ask-aurora.introspection'], 'detail-type': ['Database Schema Changed'] },
      Targets: [{ Arn: { Ref: expect.stringContaining('StateMachine') }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringContaining('DeadLetters'), 'Arn'] } }, RetryPolicy: { MaximumRetryAttempts: 3 } }],
    });
  }],
  ['knowledge in Aurora has a table and a login of its own; two knowledge bases read one introspection', (stack) => {
    const access = existingRole(stack);
    const source = new ScheduledIntrospection(stack, 'Schema', { access, schemas: ['sales'], storage: { documentPrefix: 'd/' } });
    new SchemaKnowledgeBase(stack, 'InS3', { introspection: source });
    new SchemaKnowledgeBase(stack, 'Knowledge', { introspection: source, vectors: { database: access.database, schema: 'kb', roleName: 'kb_writer', removalPolicy: RemovalPolicy.RETAIN } });
  }, (found) => {
    expect(found.only('Custom::AskAuroraVectorStore').Properties).toMatchObject({ OnDelete: 'retain', Specification: '{"role":"kb_writer","database":"orders","schema":"kb","table":"chunks","dimensions":1024}' });
    expect(found.only('AWS::Bedrock::KnowledgeBase', 'Knowledge').Properties).toMatchObject({ StorageConfiguration: { Type: 'RDS', RdsConfiguration: { TableName: 'kb.chunks', DatabaseName: 'orders', FieldMapping: { VectorField: 'embedding' } } } });
    expect(found.all('AWS::Events::Rule')).toHaveLength(2);
  }],
];

describe('ScheduledIntrospection and SchemaKnowledgeBase:', () => { eachProp(introspections); });

const audit = (props: Omit<AuditTrailProps, 'actions'> | ((stack: Stack) => Omit<AuditTrailProps, 'actions'>) = {}) => (stack: Stack): AuditTrail => new AuditTrail(stack, 'Audit', { actions: existingActions(stack), ...(typeof props === 'function' ? props(stack) : props) });

const audits: readonly PropCase[] = [
  ['by default the records stay for a year and outlive the stack', audit(), (found) => {
    expect(found.only('AWS::S3::Bucket')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365 }] } } });
    expect(found.only('AWS::Logs::LogGroup', 'AuditDataApiLogs').Properties).toMatchObject({ RetentionInDays: 90 });
    expect(found.all('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  }],
  ['a given bucket takes the records, and logs are kept as given', audit((stack) => ({ dataEvents: { bucket: bucket(stack, 'archive'), logs: { retention: RetentionDays.TWO_YEARS } } })), (found) => {
    expect(found.all('AWS::S3::Bucket')).toEqual([]);
    expect(found.only('AWS::CloudTrail::Trail').Properties).toMatchObject({ S3BucketName: 'archive', CloudWatchLogsLogGroupArn: expect.any(Object) });
    expect(found.only('AWS::Logs::LogGroup', 'AuditDataApiLogs').Properties).toMatchObject({ RetentionInDays: 731 });
  }],
  ['alarms have the thresholds and actions given, throttled calls among them', audit((stack) => ({ alarms: { actions: [new SnsAction(Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:on-call'))], refusals: 7, failures: 8, functionErrors: 9, throttles: 11 } })), (found) => {
    const alarms = found.all('AWS::CloudWatch::Alarm').map((alarm) => alarm.Properties);
    expect(alarms.map((alarm) => alarm?.['Threshold'])).toEqual([9, 9, 11, 7, 8]);
    for (const alarm of alarms) expect(alarm).toMatchObject({ AlarmActions: ['arn:aws:sns:us-east-1:111122223333:on-call'], TreatMissingData: 'notBreaching' });
    expect(JSON.stringify(alarms[2]?.['Metrics']).match(/"MetricName":"Throttles"/g)).toHaveLength(2);
  }],
  ['alarms, dashboard and trail can be left out, and the namespace chosen', audit({ alarms: false, dashboard: false, dataEvents: false, namespace: 'Shop/Audit' }), (found) => {
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::CloudTrail::Trail', 'AWS::S3::Bucket']) expect(found.all(type), type).toEqual([]);
    expect(JSON.stringify(found.all('AWS::Logs::MetricFilter'))).toContain('Shop/Audit');
  }],
  ['who may read it reads the functions\' logs and the trail, and writes nothing', (stack) => audit()(stack).grantRead(new Role(stack, 'Auditor', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })), (found) => {
    const statements = (found.only('AWS::IAM::Policy', 'Auditor').Properties?.['PolicyDocument'] as { readonly Statement: readonly { readonly Action: string | readonly string[] }[] }).Statement;
    const actions = new Set(statements.flatMap((statement) => statement.Action));
    expect([...actions].sort()).toEqual(expect.arrayContaining(['logs:FilterLogEvents', 's3:GetObject', 's3:ListBucket']));
    expect([...actions].filter((action) => /Put|Delete|Create|\*/.test(action))).toEqual([]);
  }],
];

describe('AuditTrail:', () => { eachProp(audits); });
