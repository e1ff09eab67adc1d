import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ArtifactSource, AuditTrail, BedrockModel, QueryActions, ReadOnlyAurora, ScheduledIntrospection, SchemaKnowledgeBase, SqlAgent, SqlGateway, SqlGuardrail, existingQueryAccess } from '../index.js';
import { existingVpc } from './existing-vpc.js';

/** An app with every construct of the package, new and existing databases, across stacks and twice in one stack. */
export function buildAllConstructs(app: App): void {
  const database = new Stack(app, 'Database');
  const aurora = new ReadOnlyAurora(database, 'Aurora', { databaseName: 'shop' });
  const role = aurora.addReadOnlyRole('Role', { schemas: ['sales'] });
  buildAgents(app, role, aurora);
  buildOnExisting(app);
  buildMysql(app);
}

function buildAgents(app: App, role: ReturnType<ReadOnlyAurora['addReadOnlyRole']>, aurora: ReadOnlyAurora): void {
  const stack = new Stack(app, 'Agents');
  const key = new Key(stack, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
  const model = BedrockModel.inferenceProfile('us.anthropic.claude-sonnet-4-6', { prices: { inputPerMillion: 3, outputPerMillion: 15 } });
  const introspection = new ScheduledIntrospection(stack, 'Introspection', { access: role, schemas: ['sales'], storage: { documentPrefix: 'documents/' } });
  const guardrail = new SqlGuardrail(stack, 'Guardrail', { crossRegion: { profileId: 'us.guardrail.v1:0', regions: ['us-east-1', 'us-west-2'] }, personalData: [{ type: 'EMAIL', action: 'ANONYMIZE' }], blockedWords: ['drop table'] });
  const knowledge = new SchemaKnowledgeBase(stack, 'Knowledge', { introspection });
  const actions = new QueryActions(stack, 'Actions', { access: role, model, schema: introspection.artifact, generation: { guardrail }, cache: { results: Duration.minutes(5), encryptionKey: key } });
  new SqlAgent(stack, 'Agent', { actions, model, guardrail, knowledge: [knowledge] });
  new SqlGateway(stack, 'Gateway', { actions, harness: { model } });
  new AuditTrail(stack, 'Audit', { actions, encryptionKey: key });

  const documents = new ScheduledIntrospection(stack, 'SecondIntrospection', { access: role, schemas: ['sales'], storage: { documentPrefix: 'documents/', encryptionKey: key } });
  new SchemaKnowledgeBase(stack, 'SecondKnowledge', { introspection: documents, vectors: { database: aurora } });
  const global = BedrockModel.inferenceProfile('global.anthropic.claude-sonnet-4-6');
  const second = new QueryActions(stack, 'SecondActions', {
    access: role, model: BedrockModel.foundationModel('amazon.nova-lite-v1:0'), schema: ArtifactSource.inline({ formatVersion: 1 }), policy: ArtifactSource.inline({ version: 1 }),
    cache: { pointInTimeRecovery: true }, functions: { encryptionKey: key, reservedConcurrency: 'unreserved' }, observability: { logs: { encryptionKey: key }, tracing: false },
  });
  new SqlAgent(stack, 'SecondAgent', { actions: second, model: global, session: { encryptionKey: key } });
  new SqlAgent(stack, 'ThirdAgent', { actions: second, model: BedrockModel.applicationInferenceProfile('arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', { modelId: 'amazon.nova-lite-v1:0', regions: ['us-east-1'] }) });
  new SqlGateway(stack, 'SecondGateway', { actions: second, authorization: { discoveryUrl: 'https://login.example.com/.well-known/openid-configuration', allowedAudience: ['analysts'] }, encryptionKey: key });
}

function buildOnExisting(app: App): void {
  const stack = new Stack(app, 'Existing');
  const vpc = existingVpc(stack);
  const key = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-admin-AbCdEf'),
    databaseName: 'orders',
    engine: { dialect: 'postgresql', majorVersion: 16 },
  });
  const tenants = database.addReadOnlyRole('Tenants', { schemas: ['sales'], tenancy: { policies: [{ relation: 'sales.orders', column: 'tenant_id' }] }, lifecycle: { encryptionKey: key, logs: { encryptionKey: key } } });
  const model = BedrockModel.inferenceProfile('eu.anthropic.claude-sonnet-4-6');
  const schema = ArtifactSource.inline({ formatVersion: 1 });
  new QueryActions(stack, 'TenantActions', { access: tenants, model, schema, functions: { network: { vpc } } });
  const access = existingQueryAccess({ database, secret: Secret.fromSecretCompleteArn(stack, 'Reader', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-reader-AbCdEf') });
  const table = Table.fromTableArn(stack, 'Table', 'arn:aws:dynamodb:us-east-1:111122223333:table/shared');
  new QueryActions(stack, 'ReaderActions', { access, model, schema, cache: { table, partitionKey: 'id', results: Duration.minutes(1) } });
  new ReadOnlyAurora(stack, 'NewInGivenVpc', { placement: { vpc }, protection: { encryptionKey: key } });
}

function buildMysql(app: App): void {
  const stack = new Stack(app, 'Mysql');
  new ReadOnlyAurora(stack, 'Aurora', { engine: { dialect: 'mysql' }, databaseName: 'shop', capacity: { min: 0 } }).addReadOnlyRole('Role', { schemas: ['shop'] });
}
